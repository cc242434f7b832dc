/**
 * Asking a provider what became of messages, whoever sent them: a pipeline of look-ups for each account
 * ({@link io.github.smsdispatch.internal.lookup.Lookups}), at the pace the provider bears, and its log page by page. Not
 * exported.
 */
@NullMarked
package io.github.smsdispatch.internal.lookup;

import org.jspecify.annotations.NullMarked;
