// Builds feedback/static: each file named after the hash of its content (so that it may be cached for ever),
// with a brotli and a gzip copy beside it and a manifest from plain names to hashed ones.
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, parse } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'

import rtlcss from 'rtlcss'
import * as sass from 'sass'
import { optimize } from 'svgo'
import { minify } from 'terser'

const HERE = dirname(fileURLToPath(import.meta.url))
const PACKAGES = join(HERE, 'node_modules')
const STATIC = join(HERE, '..', 'static')
const COMPRESSED = new Set(['.css', '.js', '.svg'])

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

/**
 * The drawings by idea, to be set into the page beside their words: a sheet of `#fragments` shows wrong pictures in
 * older Safari, and files of their own would be a request each. One decimal of a 32nd of the width is plenty.
 */
function pictures() {
  const chosen = JSON.parse(readFileSync(join(HERE, 'pictures', 'pictures.json'), 'utf8'))
  const { icons } = JSON.parse(readFileSync(join(PACKAGES, '@iconify-json/fluent-emoji-flat/icons.json'), 'utf8'))
  const drawn = Object.entries(chosen).map(([idea, icon]) => {
    if (!icons[icon]) throw new Error(`no picture called ${icon} (for ${idea})`)
    if (icons[icon].body.includes('id=')) throw new Error(`${icon} has ids, which would clash on one page`)
    return [idea, smaller(icons[icon].body)]
  })
  return `${JSON.stringify(Object.fromEntries(drawn), null, 1)}\n`
}

function smaller(body) {
  // Arcs written with one decimal would miss their ends; curves do not.
  const paths = { name: 'preset-default', params: { overrides: { convertPathData: { makeArcs: false } } } }
  const { data } = optimize(`<svg xmlns="http://www.w3.org/2000/svg">${body}</svg>`, { floatPrecision: 1, plugins: [paths] })
  return data.slice(data.indexOf('>') + 1, data.lastIndexOf('</svg>'))
}

const font = join(PACKAGES, '@fontsource/noto-nastaliq-urdu/files/noto-nastaliq-urdu-arabic-400-normal.woff2')
const nastaliq = emit('nastaliq.woff2', readFileSync(font))
const publicStyles = styles('public')
emit('public.css', publicStyles)
emit('public.rtl.css', rtlcss.process(publicStyles) + styles('rtl').replace('nastaliq.woff2', nastaliq))
emit('staff.css', styles('staff'))
emit('public.js', await script('page', 'count', 'leave', 'idle', 'listen'))
emit('staff.js', await script('page', 'count', 'idle', 'staff'))
emit('icon.svg', readFileSync(join(HERE, 'pictures', 'icon.svg')))
files['pictures.json'] = pictures()
files['manifest.json'] = `${JSON.stringify(manifest, null, 2)}\n`
files['CREDITS.txt'] = readFileSync(join(HERE, 'CREDITS.txt'))
files['nastaliq.LICENSE.txt'] = readFileSync(join(PACKAGES, '@fontsource/noto-nastaliq-urdu/LICENSE'))

// Only a whole build replaces the one before.
rmSync(STATIC, { recursive: true, force: true })
mkdirSync(STATIC)
for (const [name, content] of Object.entries(files)) writeFileSync(join(STATIC, name), content)
