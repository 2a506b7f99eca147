// See .ci/browser. Ends with 1 if anything is wrong; each fault is a line.
const fs = require('fs');
const path = require('path');
const puppeteer = require('puppeteer-core');

const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const faults = [];
const fault = (where, what) => { faults.push(`${where}: ${what}`); console.log(`  ${where}: ${what}`); };

const looks = [
  { name: 'light', scheme: 'light', media: 'screen', width: 1100 },
  { name: 'dark', scheme: 'dark', media: 'screen', width: 1100 },
  { name: 'narrow', scheme: 'dark', media: 'screen', width: 390 },
  // Who prints from a dark desktop wants ink on paper.
  { name: 'paper', scheme: 'dark', media: 'print', width: 720 },
];

async function open(browser, file, look, bypass) {
  const page = await browser.newPage();
  const where = `${path.basename(file, '.html')} ${look.name}`;
  page.on('console', it => { if (['error', 'warn'].includes(it.type())) fault(where, `console: ${it.text()}`); });
  page.on('pageerror', it => fault(where, `error: ${it}`));
  page.on('request', it => { if (!it.url().startsWith('file:')) fault(where, `request: ${it.url()}`); });
  await page.setBypassCSP(bypass);
  await page.setViewport({ width: look.width, height: 900 });
  // Both at once: of two calls the second forgets what the first said.
  const session = await page.createCDPSession();
  await session.send('Emulation.setEmulatedMedia', { media: look.media, features: [{ name: 'prefers-color-scheme', value: look.scheme }] });
  await page.goto(`file://${path.resolve(file)}`);
  return [page, where];
}

async function looked(browser, file, look) {
  const [page, where] = await open(browser, file, look, false);
  const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = look.scheme === 'dark' && look.media === 'screen';
  if ((paper === 'rgb(255, 255, 255)') === dark) fault(where, `the page is ${paper}`);
  await page.screenshot({ path: file.replace('.html', `.${look.name}.png`), fullPage: true });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (over > 0) fault(where, `wider than the window by ${over}`);
  if (look.media === 'print') {
    const hidden = await page.evaluate(() => [...document.querySelectorAll('details table')].filter(it => !it.checkVisibility({ contentVisibilityAuto: true }) || it.getBoundingClientRect().height === 0).length);
    if (hidden > 0) fault(where, `${hidden} tables are not printed`);
    await page.pdf({ path: file.replace('.html', '.pdf'), format: 'A4', margin: { top: '15mm', bottom: '15mm', left: '15mm', right: '15mm' } });
  }
  await page.close();
}

// Of what axe-core leaves undecided: contrast of text in pictures, and of marks that are no letters, against what lies behind them.
const contrast = target => {
  const it = document.querySelector(target);
  const colour = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255).map(c => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
    .reduce((sum, c, at) => sum + c * [0.2126, 0.7152, 0.0722][at], 0);
  const drawn = it instanceof SVGElement;
  const ink = colour(drawn ? getComputedStyle(it).fill : getComputedStyle(it).color);
  let paper = drawn && it.parentElement.querySelector('rect') ? colour(getComputedStyle(it.parentElement.querySelector('rect')).fill) : null;
  for (let up = it; !paper && up; up = up.parentElement) {
    const own = colour(getComputedStyle(up).backgroundColor);
    if (own.length === 3 || own[3] === 1) paper = own;
  }
  if (!paper) return 0;
  const [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
  return (a + 0.05) / (b + 0.05);
};

// What axe-core cannot tell by itself is looked at here, or counts as a fault as well.
async function accessible(browser, file, look) {
  const [page, where] = await open(browser, file, look, true);
  await page.evaluate(() => document.querySelectorAll('details').forEach(it => { it.open = true; }));
  await page.evaluate(axe);
  const found = await page.evaluate(tags => axe.run(document, { runOnly: tags }), tags);
  let least = Infinity;
  for (const kind of ['violations', 'incomplete']) {
    for (const it of found[kind]) {
      for (const node of it.nodes) {
        const target = node.target.join(' ');
        const ratio = it.id === 'color-contrast' && kind === 'incomplete' ? await page.evaluate(contrast, target) : 0;
        if (ratio >= 4.5) least = Math.min(least, ratio);
        else fault(where, `${kind}: ${it.id}: ${target}: ${ratio.toFixed(2)} ${(node.failureSummary || '').replace(/\s+/g, ' ')}`);
      }
    }
  }
  const looked = least === Infinity ? '' : `, contrast of what it leaves undecided at least ${least.toFixed(1)}`;
  console.log(`${where}: ${found.passes.length} rules pass, ${found.violations.length} violations${looked}`);
  await page.close();
}

// Tab reaches everything that can be used, in the order of the page, each with a visible ring; the first leads to the causes.
async function keyboard(browser, file) {
  const [page, where] = await open(browser, file, { ...looks[0], name: 'keyboard' }, false);
  const wanted = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], input, summary, [tabindex="0"]')];
    all.forEach((it, at) => { it.dataset.at = at; });
    return all.length;
  });
  const order = [];
  for (let at = 0; at < wanted; at += 1) {
    await page.keyboard.press('Tab');
    order.push(await page.evaluate(() => {
      const it = document.activeElement;
      const style = getComputedStyle(it);
      const box = it.getBoundingClientRect();
      const seen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.left >= 0;
      return { at: Number(it.dataset.at), seen, tag: it.tagName };
    }));
  }
  const reached = order.map(it => it.at);
  if (reached.some((it, at) => it !== at)) fault(where, `Tab goes ${reached.join(' ')}`);
  for (const it of order) if (!it.seen) fault(where, `no ring around ${it.tag} ${it.at}`);
  await page.reload();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  if (await page.evaluate(() => document.activeElement.id) !== 'main') fault(where, 'the first link does not lead to the causes');
  const box = await page.$('input[type=checkbox]');
  if (box) {
    await box.focus();
    await page.keyboard.press('Space');
    if (!await box.evaluate(it => it.checked)) fault(where, 'a box is not ticked by Space');
  }
  const summary = await page.$('summary');
  if (summary) {
    await summary.focus();
    await page.keyboard.press('Enter');
    if (!await summary.evaluate(it => it.parentElement.open)) fault(where, 'the facts do not open by Enter');
  }
  console.log(`${where}: ${wanted} places in order`);
  await page.close();
}

(async () => {
  for (const file of process.argv.slice(2)) {
    const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'] });
    const size = fs.statSync(file).size;
    if (size > 500000) fault(file, `${size} bytes`);
    for (const look of looks) {
      await looked(browser, file, look);
      await accessible(browser, file, look);
    }
    await keyboard(browser, file);
    await browser.close();
  }
  console.log(faults.length === 0 ? 'no fault' : `${faults.length} faults`);
  process.exit(faults.length === 0 ? 0 : 1);
})();
