/** Receives webhooks of providers. */
@NullMarked
package io.github.smsdispatch.webhooks;

import org.jspecify.annotations.NullMarked;
