"""What gunicorn and `flask --app wsgi` start."""

from feedback import create_app

app = create_app()
