/**
 * The words of SMS Dispatch: what a caller types. A {@link io.github.smsdispatch.Message} goes into a
 * {@link io.github.smsdispatch.store.MessageStore}; the {@link io.github.smsdispatch.engine.DispatchEngine} hands it to a
 * provider and follows it until its {@link io.github.smsdispatch.MessageState} is final.
 *
 * <p>Nothing is null unless it is marked {@link org.jspecify.annotations.Nullable}. All types here but
 * builders are immutable and thread-safe. No {@code toString} shows a phone number or a text.
 */
@NullMarked
package io.github.smsdispatch;

import org.jspecify.annotations.NullMarked;
