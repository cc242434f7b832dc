/**
 * Contract tests for {@link io.github.smsdispatch.store.MessageStore}: extend
 * {@link io.github.smsdispatch.testkit.store.MessageStoreContract} and supply a store.
 */
@NullMarked
package io.github.smsdispatch.testkit.store;

import org.jspecify.annotations.NullMarked;
