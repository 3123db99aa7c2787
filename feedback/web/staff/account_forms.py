"""What the pages around signing in take. Each says in one sentence that it did not work, and never why."""

from __future__ import annotations

from wtforms import EmailField, HiddenField, PasswordField, StringField, SubmitField
from wtforms.validators import EqualTo, InputRequired

from feedback.accounts.passwords import LONGEST, SHORTEST
from feedback.web.forms import AtMost, ComponentForm, tidy

LONGEST_ADDRESS = 254
LONGEST_CODE = 40


class SignInForm(ComponentForm):
    """An address and a password."""

    refusal = "The e-mail address or the password is wrong."
    email = EmailField(
        "E-mail address",
        filters=[tidy],
        validators=[InputRequired("Enter your e-mail address"), AtMost(LONGEST_ADDRESS)],
    )
    password = PasswordField("Password", validators=[InputRequired("Enter your password"), AtMost(LONGEST)])
    next = HiddenField()
    submit = SubmitField("Sign in")


class CodeForm(ComponentForm):
    """A code from an authenticator, or a recovery code."""

    refusal = "This code does not work. Wait for the next one and try again."
    code = StringField("Code", filters=[tidy], validators=[InputRequired("Enter the code"), AtMost(LONGEST_CODE)])
    submit = SubmitField("Continue")


class PasswordForm(ComponentForm):
    """The present password and a new one."""

    refusal = "The present password is wrong."
    present = PasswordField(
        "Present password", validators=[InputRequired("Enter your present password"), AtMost(LONGEST)]
    )
    new = PasswordField(
        "New password",
        description=f"{SHORTEST} characters or more. Three or four random words are good.",
        validators=[InputRequired("Enter a new password"), AtMost(LONGEST)],
    )
    again = PasswordField("New password, once more", validators=[EqualTo("new", "The two new passwords differ")])
    submit = SubmitField("Change password")


class RecoveryCodesForm(ComponentForm):
    """The wish for new recovery codes."""

    submit = SubmitField("Show me new recovery codes")


class SignOutForm(ComponentForm):
    """Nothing but the token, so that no other site can sign somebody out."""
