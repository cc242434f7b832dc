package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.FinalPlace;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** SMS Dispatch: webhooks come in on several threads while one engine applies them, until every message is final. */
final class ReceiptsTurn implements Turn {
    private static final int PAGE = 5000;

    private final HikariDataSource dataSource;
    private final int messages;
    private final int threads;
    private final JdbcMessageStore store;
    private final ReportingProvider provider;
    private final DispatchEngine engine;
    private final CountDownLatch done;
    private final Map<MessageId, Integer> numbers = new HashMap<>();
    private final List<Message> early = new ArrayList<>();

    private ReceiptsTurn(HikariDataSource dataSource, int messages, int inOneRequest, int threads)
            throws InterruptedException {
        this.dataSource = dataSource;
        this.messages = messages;
        this.threads = threads;
        this.store = JdbcMessageStore.builder(dataSource).build();
        store.createSchema();
        this.provider = new ReportingProvider(ReportedCampaign.shuffled(messages), inOneRequest);
        this.done = new CountDownLatch(messages);
        var now = new ArrayList<Message>();
        for (int number = 0; number < messages; number++) {
            Message message = ReportedCampaign.message(number);
            numbers.put(message.id(), number);
            (ReportedCampaign.isEarly(number) ? early : now).add(message);
        }
        var sent = new CountDownLatch(now.size());
        this.engine = StoreBenchmark.wide()
                .apply(DispatchEngine.builder(store))
                .account(ReportingProvider.ACCOUNT, provider)
                .listener(change -> {
                    if (change.event().to() == MessageState.SENT) {
                        sent.countDown();
                    } else if (change.event().to().isFinal()) {
                        done.countDown();
                    }
                })
                .build()
                .start();
        engine.enqueueAll(now.iterator());
        sent.await();
    }

    /**
     * Messages that are SENT, and a few that are not handed over yet.
     *
     * @param inOneRequest how many receipts a webhook holds
     * @param threads how many webhooks come at a time
     */
    static ReceiptsTurn open(HikariDataSource dataSource, int messages, int inOneRequest, int threads)
            throws InterruptedException {
        return new ReceiptsTurn(dataSource, messages, inOneRequest, threads);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public int units(int any) {
        return ReportedCampaign.distinct(messages);
    }

    @Override
    public long run() throws Exception {
        long start = System.nanoTime();
        var next = new AtomicInteger();
        int half = provider.requests() / 2;
        Workers.run(threads, () -> {
            for (int request = next.getAndIncrement();
                    request < provider.requests();
                    request = next.getAndIncrement()) {
                WebhookVerdict verdict = engine.receive(ReportingProvider.ACCOUNT, ReportingProvider.request(request));
                if (verdict.status() != 200) {
                    throw new IllegalStateException("refused with " + verdict.status());
                }
                if (request == half) {
                    engine.enqueueAll(early.iterator());
                }
            }
            return null;
        });
        long received = System.nanoTime() - start;
        while (!done.await(10, TimeUnit.SECONDS)) {
            if (engine.health().storeTrouble() != null) {
                throw new IllegalStateException("the engine has trouble with its store: "
                        + engine.health().storeTrouble());
            }
        }
        long all = System.nanoTime() - start;
        System.err.printf("all were received after %.1f s and applied after %.1f s%n", received / 1e9, all / 1e9);
        return all;
    }

    @Override
    public void check() {
        Map<MessageId, MessageState> ends = new HashMap<>();
        FinalPlace place = null;
        for (List<MessageStatus> page = store.finalMessages(place, Duration.ZERO, PAGE);
                !page.isEmpty();
                page = store.finalMessages(place, Duration.ZERO, PAGE)) {
            page.forEach(status -> ends.put(status.id(), status.state()));
            place = FinalPlace.of(page.get(page.size() - 1));
        }
        numbers.forEach((id, number) -> {
            if (ends.get(id) != ReportedCampaign.end(number)) {
                throw new IllegalStateException(
                        "message " + number + " should be " + ReportedCampaign.end(number) + " and is " + ends.get(id));
            }
        });
        if (ends.size() != messages || IntStream.range(0, messages).noneMatch(ReportedCampaign::isEarly)) {
            throw new IllegalStateException(ends.size() + " of " + messages + " are final");
        }
    }

    @Override
    public void close() throws SQLException {
        engine.close();
        MariaDb.drop(dataSource);
    }
}
