package io.github.smsdispatch.testkit.carrier.server;

import io.github.smsdispatch.testkit.carrier.wire.HttpAnswer;
import org.jspecify.annotations.Nullable;

/**
 * What the server does about a request.
 *
 * @param answer null: close the connection without a byte
 * @param stalls whether to stop in the middle of the answer's body and wait until the client gives up
 */
record Reply(@Nullable HttpAnswer answer, boolean stalls) {
    static Reply with(HttpAnswer answer) {
        return new Reply(answer, false);
    }

    static Reply closing() {
        return new Reply(null, false);
    }

    static Reply stalling(HttpAnswer answer) {
        return new Reply(answer, true);
    }
}
