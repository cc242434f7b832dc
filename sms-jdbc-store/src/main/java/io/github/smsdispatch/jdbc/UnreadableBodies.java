package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which messages are kept with values that no message may have (changed by hand, or taken by older rules), each once and
 * so many at the most: they come up again whenever their lease ends. Thread-safe.
 */
final class UnreadableBodies {
    private static final Logger log = LoggerFactory.getLogger(JdbcMessageStore.class);

    /** Where all rows are spoiled, the first say as much as all. */
    private static final int MOST_NAMED = 100;

    private final Set<MessageId> named = new HashSet<>();

    /** Never says what is in the row, nor what the exception says of it. */
    synchronized void tell(MessageId message, RuntimeException thrown) {
        if (named.size() >= MOST_NAMED || !named.add(message)) {
            return;
        }
        log.warn(
                "message {} cannot be read from its row and is passed over until its validity ends: a value that no message"
                        + " may have ({}){}",
                message,
                thrown.getClass().getSimpleName(),
                named.size() == MOST_NAMED ? "; no more of them are named" : "");
    }
}
