/** The machinery behind every dialect: the HTTP server, the fates, the ledger, and what is posted to webhooks. */
@NullMarked
package io.github.smsdispatch.testkit.carrier.server;

import org.jspecify.annotations.NullMarked;
