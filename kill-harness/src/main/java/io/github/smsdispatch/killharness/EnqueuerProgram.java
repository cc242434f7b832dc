package io.github.smsdispatch.killharness;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.store.EnqueueResult;
import io.github.smsdispatch.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;

/**
 * The process that puts the messages into the store, in batches, and notes how far it has come. Killed and started again,
 * it begins with the last batch that it has noted: the store must know all of it, or it has forgotten what it confirmed.
 * What was stored and not noted yet is enqueued a second time, and must not become a second message.
 */
final class EnqueuerProgram {
    private static final int LARGEST_BATCH = 300;
    private static final Duration ANOTHER_TRY = Duration.ofMillis(100);
    /** Messages are enqueued no faster than they are sent: their validity is short. */
    private static final Duration MOST_LAG = Duration.ofSeconds(3);

    private final JdbcMessageStore store;
    private final Campaign campaign;
    private final int perSecond;
    private final Path bookmark;
    private final Path forgotten;

    private EnqueuerProgram(JdbcMessageStore store, Campaign campaign, Arguments arguments) {
        this.store = store;
        this.campaign = campaign;
        this.perSecond = (int) arguments.number("per-second");
        this.bookmark = Path.of(arguments.text("bookmark"));
        this.forgotten = Path.of(arguments.text("forgotten"));
    }

    public static void main(String[] line) throws IOException, InterruptedException {
        Parent.watch();
        var arguments = new Arguments(line);
        var campaign = new Campaign(
                arguments.number("run"),
                arguments.number("messages"),
                Duration.ofSeconds(arguments.number("validity-seconds")));
        try (HikariDataSource pool = Databases.pool(arguments.text("jdbc-url"), 2);
                JdbcMessageStore store = Databases.waitFor(pool)) {
            new EnqueuerProgram(store, campaign, arguments).run();
        }
    }

    private void run() throws IOException, InterruptedException {
        try (var mark = new Bookmark(bookmark)) {
            long done = Bookmark.read(bookmark);
            if (done > 0) {
                noteForgotten(enqueue(Math.max(0, done - LARGEST_BATCH), done));
            }
            while (done < campaign.messages()) {
                long began = System.nanoTime();
                int size = 1 + ThreadLocalRandom.current().nextInt(LARGEST_BATCH);
                long next = Math.min(campaign.messages(), done + size);
                enqueue(done, next);
                mark.write(next);
                waitForTheRate(next - done, began);
                waitForTheQueue();
                done = next;
            }
        }
    }

    /** How many of them were new. */
    private long enqueue(long from, long to) throws InterruptedException {
        List<Message> batch =
                LongStream.range(from, to).mapToObj(campaign::message).toList();
        while (true) {
            try {
                return store.enqueue(batch).stream()
                        .filter(EnqueueResult::added)
                        .count();
            } catch (StoreException e) {
                Thread.sleep(ANOTHER_TRY.toMillis());
            }
        }
    }

    private void noteForgotten(long added) throws IOException {
        if (added > 0) {
            try (var mark = new Bookmark(forgotten)) {
                mark.write(Bookmark.read(forgotten) + added);
            }
        }
    }

    private void waitForTheRate(long messages, long began) throws InterruptedException {
        long due = began + Duration.ofSeconds(messages).dividedBy(perSecond).toNanos();
        Thread.sleep(Math.max(0, (due - System.nanoTime()) / 1_000_000));
    }

    private void waitForTheQueue() throws InterruptedException {
        while (lag().compareTo(MOST_LAG) > 0) {
            Thread.sleep(ANOTHER_TRY.toMillis());
        }
    }

    /** For how long the message has waited that waits longest for anything. */
    private Duration lag() {
        try {
            Optional<Instant> next = store.nextWorkAt();
            return next.isEmpty() ? Duration.ZERO : Duration.between(next.get(), store.now());
        } catch (StoreException e) {
            return Duration.ZERO; // the next batch waits for the database
        }
    }
}
