/** A {@link io.github.smsdispatch.store.MessageStore} for tests, simulations and what may be lost with the process. */
@NullMarked
package io.github.smsdispatch.memory;

import org.jspecify.annotations.NullMarked;
