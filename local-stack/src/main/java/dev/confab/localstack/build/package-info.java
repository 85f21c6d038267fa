/** Builds with the Maven on the PATH what is older than its sources, and runs tests by it. */
package dev.confab.localstack.build;
