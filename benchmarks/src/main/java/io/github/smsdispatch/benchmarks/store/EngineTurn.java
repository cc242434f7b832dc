package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.StateCount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** SMS Dispatch: engines that share a store, until the messages they find in it are all in one state. */
final class EngineTurn implements Turn {
    private final HikariDataSource dataSource;
    private final int messages;
    private final MessageState goal;
    private final JdbcMessageStore store;
    private final List<HikariDataSource> pools = new ArrayList<>();
    private final List<DispatchEngine> engines = new ArrayList<>();
    private final InstantProvider provider;
    private final CountDownLatch done;

    /** What a turn is about. */
    record Settings(int messages, int batch, int engines, UnaryOperator<DispatchEngineBuilder> engine) {}

    private EngineTurn(HikariDataSource dataSource, Settings settings, InstantProvider provider, MessageState goal) {
        this.dataSource = dataSource;
        this.messages = settings.messages();
        this.goal = goal;
        this.provider = provider;
        this.done = new CountDownLatch(settings.messages());
        this.store = JdbcMessageStore.builder(dataSource).build();
        for (int i = 0; i < settings.engines(); i++) {
            HikariDataSource pool = MariaDb.pool(dataSource.getJdbcUrl(), 8);
            pools.add(pool);
            engines.add(settings.engine()
                    .apply(DispatchEngine.builder(JdbcMessageStore.builder(pool).build()))
                    .account(InstantProvider.ACCOUNT, provider)
                    .listener(change -> {
                        if (change.event().to() == goal) {
                            done.countDown();
                        }
                    })
                    .build());
        }
    }

    /** Queued messages, to be SENT. */
    static EngineTurn dispatch(HikariDataSource dataSource, Settings settings) {
        var store = JdbcMessageStore.builder(dataSource).build();
        store.createSchema();
        var provider = new InstantProvider(settings.messages(), settings.batch());
        var turn = new EngineTurn(dataSource, settings, provider, MessageState.SENT);
        turn.engines.get(0).enqueueAll(Campaign.of(settings.messages()));
        return turn;
    }

    /** Messages that are SENT, to be DELIVERED as their provider tells when asked. */
    static EngineTurn sync(HikariDataSource dataSource, Settings settings) throws Exception {
        var first = dispatch(dataSource, settings);
        first.run();
        first.stop();
        StoreTables.makeLookUpsDue(dataSource);
        return new EngineTurn(dataSource, settings, first.provider, MessageState.DELIVERED);
    }

    @Override
    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public long run() throws InterruptedException {
        long start = System.nanoTime();
        engines.forEach(DispatchEngine::start);
        while (!done.await(10, TimeUnit.SECONDS)) {
            if (engines.stream().anyMatch(engine -> engine.health().storeTrouble() != null)) {
                throw new IllegalStateException("the engine has trouble with its store: "
                        + engines.get(0).health().storeTrouble());
            }
        }
        return System.nanoTime() - start;
    }

    @Override
    public void check() {
        provider.expectEachOnce();
        var reached = new AtomicInteger();
        for (StateCount count : store.counts()) {
            if (count.state() == goal) {
                reached.addAndGet((int) count.messages());
            }
        }
        if (reached.get() < messages) {
            throw new IllegalStateException(reached + " of " + messages + " are " + goal);
        }
    }

    private void stop() {
        engines.forEach(DispatchEngine::close);
        pools.forEach(HikariDataSource::close);
    }

    /** Stops the engines and leaves the tables. */
    void leave() {
        stop();
    }

    @Override
    public void close() throws SQLException {
        stop();
        MariaDb.drop(dataSource);
    }
}
