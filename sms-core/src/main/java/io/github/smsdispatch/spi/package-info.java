/**
 * What the author of a provider implements: {@link io.github.smsdispatch.spi.SmsProviderFactory},
 * {@link io.github.smsdispatch.spi.SmsProvider}, and whichever of the optional capabilities beside it the provider has.
 */
@NullMarked
package io.github.smsdispatch.spi;

import org.jspecify.annotations.NullMarked;
