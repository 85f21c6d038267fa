/**
 * The whole suite as parts: which processes there are, on which ports, with which environment, and
 * what is kept about them under the home.
 */
package dev.confab.localstack.suite;
