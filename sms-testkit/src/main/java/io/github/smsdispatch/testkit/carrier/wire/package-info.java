/**
 * What dialects are written against. To add a provider, make a package {@code …carrier.NAME}, not exported, and in it a
 * {@link io.github.smsdispatch.testkit.carrier.wire.Dialect}; the model is {@code …carrier.twilio}.
 *
 * <ol>
 *   <li>{@code read} checks the caller, finds what the provider would find wrong, and returns a {@code Reading}: one
 *       {@code Draft}, a {@code batch} of {@code Draft} and {@code Declined}, or an answer. It never changes anything.
 *   <li>{@code answer} renders one answer from the decisions, {@code decision.fold(message -> …, declined -> …)}.
 *   <li>Look-ups render a {@code CarrierMessage} by {@code message.life().stepAt(books.now())}, from {@code CarrierBooks}.
 *   <li>Ids of the sender: {@code draft.withMessageId(id)} and {@code Dialect.alreadyKnown}; no receipts ever:
 *       {@code draft.withoutReceipts()}; anything else to remember: {@code draft.withDetail(name, value)}.
 *   <li>The credentials type goes to {@code …carrier}; the provider's name and dialect into
 *       {@code CarrierSimulator.Builder.dialects()}, and a constant into {@code Provider} of {@code examples/carrier}.
 * </ol>
 */
@NullMarked
package io.github.smsdispatch.testkit.carrier.wire;

import org.jspecify.annotations.NullMarked;
