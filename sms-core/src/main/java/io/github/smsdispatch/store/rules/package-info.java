/**
 * The rules of {@link io.github.smsdispatch.store.MessageStore}, written once for all of our stores: what a call does
 * to the records of a message, apart from where the records are kept. A store brings the records, under its lock, into
 * a {@link io.github.smsdispatch.store.rules.Round}, lets the rules work on them, and keeps what has changed. Not for
 * use outside of our own stores.
 */
@NullMarked
package io.github.smsdispatch.store.rules;

import org.jspecify.annotations.NullMarked;
