// Asks the module what `requests` asked on this machine, each request twice in modules of their own, and compares the answers as bytes.
const fs = require('fs')
const path = require('path')
const [file, folder] = process.argv.slice(2)
const module_ = new WebAssembly.Module(fs.readFileSync(file))

function ask(request) {
  // It imports nothing: no clock, no chance, no files.
  const { memory, room, run, answer } = new WebAssembly.Instance(module_, {}).exports
  const at = room(request.length)
  // Only now: making room may have given it another buffer.
  new Uint8Array(memory.buffer, at, request.length).set(request)
  const length = run()
  const told = Buffer.from(new Uint8Array(memory.buffer, answer(), length))
  return { told, memory: memory.buffer.byteLength }
}

const names = fs.readdirSync(folder).filter(it => it.endsWith('.request.json')).map(it => it.slice(0, -'.request.json'.length))
let different = 0
for (const name of names) {
  const request = fs.readFileSync(path.join(folder, name + '.request.json'))
  const wanted = fs.readFileSync(path.join(folder, name + '.answer.json'))
  const begun = performance.now()
  const first = ask(request)
  const seconds = ((performance.now() - begun) / 1000).toFixed(2)
  const same = [first, ask(request)].every(it => it.told.equals(wanted))
  if (!same) different += 1
  const findings = JSON.parse(first.told).findings.length
  console.log(`${same ? 'same' : 'DIFFERENT'}: ${name}, ${findings} findings, ${wanted.length} bytes, ${seconds} s, ${first.memory >> 20} MB`)
  if (!same) {
    fs.writeFileSync(path.join('target', name + '.wasm.json'), first.told)
    fs.writeFileSync(path.join('target', name + '.native.json'), wanted)
  }
}
if (names.length === 0 || different > 0) {
  console.log(`${different} of ${names.length} differ`)
  process.exit(1)
}
