/**
 * Contract tests for the authors of providers: extend one, say how to make the provider, and run it with your tests.
 */
@NullMarked
package io.github.smsdispatch.testkit.provider;

import org.jspecify.annotations.NullMarked;
