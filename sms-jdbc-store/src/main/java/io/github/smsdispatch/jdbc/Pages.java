package io.github.smsdispatch.jdbc;

import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.PhoneNumber;
import io.github.smsdispatch.store.FinalPlace;
import io.github.smsdispatch.store.MessagePage;
import io.github.smsdispatch.store.rules.MessageRecord;
import io.github.smsdispatch.store.rules.Records;
import io.github.smsdispatch.store.rules.Retention;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Walks through many messages, a page at a time. */
final class Pages {
    /** As the database orders them: by their bytes, which have no sign. */
    private static final Comparator<MessageRecord> ORDER = Comparator.comparing(
                    (MessageRecord message) -> message.standing().updatedAt())
            .thenComparing(message -> message.id().value(), Pages::compareBytes);

    private final Database database;
    private final Loader loader;

    Pages(Database database, Loader loader) {
        this.database = database;
        this.loader = loader;
    }

    /** By the primary key: first where the page ends, then what is in it, so that only ids that match leave the database. */
    MessagePage messagesTo(PhoneNumber recipient, @Nullable String tenant, @Nullable MessageId after, int limit) {
        return database.run("to search for messages to a recipient", tx -> {
            var condition = new StringBuilder("SELECT id FROM ~message_body WHERE recipient = ?");
            var arguments = new ArrayList<Object>(List.of(recipient.e164()));
            if (tenant != null) {
                condition.append(" AND tenant = ?");
                arguments.add(tenant);
            }
            if (after != null) {
                condition.append(" AND id > ?");
                arguments.add(after);
            }
            MessageId last = lastOfPage(tx, after, limit);
            if (last != null) {
                condition.append(" AND id <= ?");
                arguments.add(last);
            }
            return new MessagePage(
                    tx.select(condition + " ORDER BY id", arguments, row -> Values.messageId(row, 1)), last);
        });
    }

    /** Null: fewer are left than make a page. */
    private static @Nullable MessageId lastOfPage(Tx tx, @Nullable MessageId after, int limit) throws SQLException {
        List<MessageId> last = tx.select(
                "SELECT id FROM ~message_body" + (after == null ? "" : " WHERE id > ?") + " ORDER BY id LIMIT 1 OFFSET "
                        + (limit - 1),
                after == null ? List.of() : List.of(after),
                row -> Values.messageId(row, 1));
        return last.isEmpty() ? null : last.get(0);
    }

    List<MessageStatus> finalMessages(@Nullable FinalPlace after, Duration finalFor, int limit) {
        return database.run("to read final messages", tx -> {
            Instant until = Retention.finalUntil(tx.now(), finalFor);
            var found = new Records();
            // In this order: what is erased meanwhile is read twice, and not missed.
            for (int queue : new int[] {Queue.NONE, Queue.ERASED}) {
                after(tx, after, queue, until, limit).forEach(found::add);
            }
            List<MessageRecord> page =
                    found.messages().stream().sorted(ORDER).limit(limit).toList();
            loader.attemptsOf(tx, found, page);
            return page.stream()
                    .map(message -> message.status(found.latestProviderId(message.id())))
                    .toList();
        });
    }

    private List<MessageRecord> after(Tx tx, @Nullable FinalPlace place, int queue, Instant until, int limit)
            throws SQLException {
        return place == null
                ? loader.page(tx, Queue.DUE, List.of(queue, until), limit)
                : loader.page(
                        tx,
                        Queue.DUE + " AND m.next_at >= ? AND (m.next_at > ? OR m.id > ?)",
                        List.of(queue, until, place.at(), place.at(), place.message()),
                        limit);
    }

    private static int compareBytes(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }
}
