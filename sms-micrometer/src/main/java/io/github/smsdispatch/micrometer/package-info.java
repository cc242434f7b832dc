/** Meters of an engine for Micrometer: {@link io.github.smsdispatch.micrometer.SmsMetrics} is all there is to type. */
@NullMarked
package io.github.smsdispatch.micrometer;

import org.jspecify.annotations.NullMarked;
