// The bar over the program: run or stop, how the run is going, back to the original.

import { html, type TemplateResult } from 'lit';
import { durationText } from '../format.js';
import type { Translate } from '../i18n/index.js';
import type { RunController } from './run-controller.js';

/** As much of a run as the bar tells of. */
export type BarRun = Pick<RunController, 'phase' | 'ending' | 'result'>;

export interface BarState {
  t: Translate;
  run: BarRun;
  /** The editor and the panels are there. */
  ready: boolean;
  readonly: boolean;
  onRun: () => void;
  onStop: () => void;
  onReset: () => void;
}

export function drawBar(state: BarState): TemplateResult {
  const { t, run, ready, readonly, onRun, onStop, onReset } = state;
  const busy = run.phase !== 'idle';
  return html`<div class="head bar">
    ${
      busy
        ? html`<button class="run stop" @click=${onStop} title=${t('stopHint')}>
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
              <path d="M3 3h10v10H3z"></path></svg
            >${t('stop')}
          </button>`
        : html`<button class="run" @click=${onRun} title=${t('runHint')} ?disabled=${!ready}>
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true">
              <path d="M3.5 1.8v12.4L14 8z"></path></svg
            >${t('run')}
          </button>`
    }
    <span class="status ${statusKind(run)}" role="status">${statusText(run, ready, t)}</span>
    <slot name="actions"></slot>
    <button class="quiet" @click=${onReset} title=${t('resetHint')} ?hidden=${readonly}>
      ${t('reset')}
    </button>
  </div>`;
}

export function statusKind({ phase, ending, result }: BarRun): string {
  if (phase !== 'idle') return 'busy';
  return result?.error && ending === 'result' ? 'failed' : (ending ?? '');
}

export function statusText(
  { phase, ending, result }: BarRun,
  ready: boolean,
  t: Translate,
): string {
  if (phase === 'loading' || !ready) return t('statusLoading');
  if (phase === 'running') return t('statusRunning');
  switch (ending) {
    case 'result':
      if (!result || result.error) return result?.error?.type ?? t('statusFailed');
      return t('statusRan', { time: durationText(result.seconds) });
    case 'stopped':
      return t('statusStopped');
    case undefined:
      return t('statusIdle');
    default:
      return t('statusFailed');
  }
}
