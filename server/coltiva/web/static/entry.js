// @ts-check
// Runs once behind a one-time link: keeps the session's secret for this origin, and goes on to the page that was wanted.
import { keepSecret } from './api.js';

/** @param {string} name */
const told = (name) => document.querySelector(`meta[name="${name}"]`)?.getAttribute('content') ?? '';

keepSecret(told('coltiva-csrf'));
location.replace(told('coltiva-to'));
