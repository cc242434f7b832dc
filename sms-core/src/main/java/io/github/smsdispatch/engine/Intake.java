package io.github.smsdispatch.engine;

import io.github.smsdispatch.DoubtPolicy;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.Line;
import io.github.smsdispatch.store.MessageStore;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;

/** Takes new messages: each is stored in the line of an account, and the dispatch hears of it. Thread-safe. */
final class Intake {
    /** Rows in one transaction when a stream is enqueued: large enough to be quick, small enough to lock little. */
    private static final int BATCH = 1000;

    private final MessageStore store;
    private final Router router;
    private final Backlog backlog;
    private final InstantSource clock;
    private final DoubtPolicy doubtPolicy;
    private final Runnable wakeDispatcher;

    /** @param doubtPolicy for messages that do not say */
    Intake(
            MessageStore store,
            Router router,
            Backlog backlog,
            DoubtPolicy doubtPolicy,
            InstantSource clock,
            Runnable wakeDispatcher) {
        this.store = store;
        this.router = router;
        this.backlog = backlog;
        this.doubtPolicy = doubtPolicy;
        this.clock = clock;
        this.wakeDispatcher = wakeDispatcher;
    }

    /** Stores one message. */
    EnqueueResult enqueue(Message message) {
        return enqueue(List.of(message.inDoubt(doubtPolicy))).get(0);
    }

    /** Stores a stream of any length, a batch at a time. */
    EnqueueSummary enqueueAll(Iterator<Message> messages) {
        long added = 0;
        long duplicates = 0;
        var batch = new ArrayList<Message>(BATCH);
        while (messages.hasNext()) {
            batch.add(messages.next().inDoubt(doubtPolicy));
            if (batch.size() == BATCH || !messages.hasNext()) {
                long fresh =
                        enqueue(batch).stream().filter(EnqueueResult::added).count();
                added += fresh;
                duplicates += batch.size() - fresh;
                batch.clear();
            }
        }
        return new EnqueueSummary(added, duplicates);
    }

    private List<EnqueueResult> enqueue(List<Message> messages) {
        var routes = new HashMap<MessageId, ProviderAccount>();
        messages.forEach(message -> router.routeOf(message).ifPresent(account -> routes.put(message.id(), account)));
        List<EnqueueResult> results = store.enqueue(messages, routes);
        Instant now = clock.instant();
        for (Message message : messages) {
            Instant dueAt = message.dueAt();
            if (dueAt == null || !dueAt.isAfter(now)) {
                backlog.add(new Line(routes.get(message.id()), message.lane()));
            }
        }
        wakeDispatcher.run();
        return results;
    }
}
