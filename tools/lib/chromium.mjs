// Chromium without a window: GRADPAD_CHROMIUM, or Debian's.

import puppeteer from 'puppeteer-core';

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--lang=en',
];

export const launchChromium = () =>
  puppeteer.launch({
    executablePath: process.env.GRADPAD_CHROMIUM || '/usr/bin/chromium',
    args: flags,
  });
