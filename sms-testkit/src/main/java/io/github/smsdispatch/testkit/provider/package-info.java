/**
 * Contract tests for the authors of providers: extend
 * {@link io.github.smsdispatch.testkit.provider.SmsProviderContract}, say how the API answers, and run it with your tests.
 */
@NullMarked
package io.github.smsdispatch.testkit.provider;

import org.jspecify.annotations.NullMarked;
