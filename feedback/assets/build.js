// Builds feedback/static: each file named after the hash of its content (so that it may be cached for ever),
// with a brotli and a gzip copy beside it and a manifest from plain names to hashed ones.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import rtlcss from 'rtlcss'
import * as sass from 'sass'
import { minify } from 'terser'

const HERE = dirname(fileURLToPath(import.meta.url))
const PACKAGES = join(HERE, 'node_modules')
const STATIC = join(HERE, '..', 'static')
const COMPRESSED = new Set(['.css', '.js', '.svg'])
const PICTURE_SIZE = 32

const manifest = {}
const files = {}

/** Takes in one file under its hashed name, with its compressed copies; returns the hashed name. */
function emit(name, content) {
  const data = Buffer.from(content)
  const { name: stem, ext } = parse(name)
  const hashed = `${stem}.${createHash('sha256').update(data).digest('hex').slice(0, 8)}${ext}`
  files[hashed] = data
  if (COMPRESSED.has(ext)) {
    const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
    files[`${hashed}.br`] = brotliCompressSync(data, brotli)
    files[`${hashed}.gz`] = gzipSync(data, { level: 9 })
  }
  manifest[name] = hashed
  return hashed
}

function styles(name) {
  const source = join(HERE, 'css', `${name}.scss`)
  return sass.compile(source, { style: 'compressed', charset: false, loadPaths: [PACKAGES] }).css
}

async function script(...parts) {
  const source = parts.map((part) => readFileSync(join(HERE, 'js', `${part}.js`), 'utf8')).join('\n')
  const { code } = await minify(source, { ecma: 5, ie8: false, toplevel: true, mangle: { toplevel: true } })
  return code
}

/** The drawings of one sheet, each reachable as `pictures.svg#<idea>` from a plain <img>. */
function pictures() {
  const chosen = JSON.parse(readFileSync(join(HERE, 'pictures', 'pictures.json'), 'utf8'))
  const { icons } = JSON.parse(readFileSync(join(PACKAGES, '@iconify-json/fluent-emoji-flat/icons.json'), 'utf8'))
  const ideas = Object.entries(chosen)
  const step = PICTURE_SIZE * 2 // the gap keeps a neighbour's edge out of sight
  const drawn = ideas.map(([idea, icon], index) => {
    if (!icons[icon]) throw new Error(`no picture called ${icon} (for ${idea})`)
    const body = icons[icon].body.replaceAll(/id="([^"]+)"|url\(#([^)]+)\)/g, (_, id, url) =>
      id ? `id="${idea}-${id}"` : `url(#${idea}-${url})`)
    const y = index * step
    const view = `<view id="${idea}" viewBox="0 ${y} ${PICTURE_SIZE} ${PICTURE_SIZE}"/>`
    return `${view}<g transform="translate(0 ${y})">${body}</g>`
  })
  const size = `width="${PICTURE_SIZE}" height="${PICTURE_SIZE}" viewBox="0 0 ${PICTURE_SIZE} ${ideas.length * step}"`
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size}>${drawn.join('')}</svg>\n`
}

const font = join(PACKAGES, '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2')
const nastaliq = emit('nastaliq.woff2', readFileSync(font))
const publicStyles = styles('public')
emit('public.css', publicStyles)
emit('public.rtl.css', rtlcss.process(publicStyles) + styles('rtl').replace('nastaliq.woff2', nastaliq))
emit('staff.css', styles('staff'))
emit('public.js', await script('page', 'count', 'leave', 'idle'))
emit('staff.js', await script('page', 'count', 'staff'))
emit('pictures.svg', pictures())
emit('icon.svg', readFileSync(join(HERE, 'pictures', 'icon.svg')))
files['manifest.json'] = `${JSON.stringify(manifest, null, 2)}\n`
files['CREDITS.txt'] = readFileSync(join(HERE, 'CREDITS.txt'))
files['nastaliq.LICENSE.txt'] = readFileSync(join(PACKAGES, '@fontsource/noto-nastaliq-urdu/LICENSE'))

// Only a whole build replaces the one before.
rmSync(STATIC, { recursive: true, force: true })
mkdirSync(STATIC)
for (const [name, content] of Object.entries(files)) writeFileSync(join(STATIC, name), content)
