/**
 * What provider modules share for talking HTTP. {@link io.github.smsdispatch.http.ProviderHttp} makes exactly one attempt
 * and tells honestly how it ended; {@link io.github.smsdispatch.http.Outcomes} turns that into the outcome of a hand-over
 * where the provider documents nothing better.
 *
 * <p>Nothing is null unless it is marked so. Nothing here shows a query, a body or a header value in a log, an exception
 * or a {@code toString}.
 */
@NullMarked
package io.github.smsdispatch.http;

import org.jspecify.annotations.NullMarked;
