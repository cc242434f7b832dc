/**
 * The contract between the engine and whatever keeps the messages: {@link io.github.smsdispatch.store.MessageStore}
 * and what goes in and out of it.
 */
@NullMarked
package io.github.smsdispatch.store;

import org.jspecify.annotations.NullMarked;
