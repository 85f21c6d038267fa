/** Settings of the local stack: environment, {@code .env} file, defaults. */
package dev.confab.localstack.configuration;
