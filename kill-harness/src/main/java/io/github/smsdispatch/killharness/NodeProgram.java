package io.github.smsdispatch.killharness;

import com.sun.net.httpserver.HttpServer;
import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import io.github.smsdispatch.engine.Routing;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import io.github.smsdispatch.webhooks.WebhookHttpHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** The process of a node: an engine, and a server for the webhooks of its own hand-overs. */
final class NodeProgram {
    /** How long a claim or a hand-over may take; a node that was killed is taken for dead after this time. */
    static final Duration LEASE = Duration.ofSeconds(6);

    /** How long after the validity receipts are waited for. */
    static final Duration GRACE = Duration.ofSeconds(3);

    private static final int CONNECTIONS = 8;

    private NodeProgram() {}

    public static void main(String[] line) throws IOException, InterruptedException {
        Parent.watch();
        var arguments = new Arguments(line);
        int port = (int) arguments.number("port");
        try (HikariDataSource pool = Databases.pool(arguments.text("jdbc-url"), CONNECTIONS);
                JdbcMessageStore store = Databases.waitFor(pool);
                DispatchEngine engine = engine(store, arguments, port)) {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.createContext("/hooks", new WebhookHttpHandler(engine::receive));
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            engine.start();
            awaitTheSignal(() -> System.out.println("ready at port " + port));
            server.stop(0);
        }
        System.out.println("stopped");
    }

    /**
     * Returns when the process is asked to end. It is gone when this thread has ended, with exit code 0: without more ado
     * the signal would end it with 143, whether all was closed or not.
     *
     * @param whenReady is run as soon as the signal is heard
     */
    private static void awaitTheSignal(Runnable whenReady) throws InterruptedException {
        var asked = new CountDownLatch(1);
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            try {
                main.join();
                Runtime.getRuntime().halt(0);
            } catch (InterruptedException e) {
                Runtime.getRuntime().halt(1);
            }
        }));
        whenReady.run();
        asked.await();
    }

    private static DispatchEngine engine(JdbcMessageStore store, Arguments arguments, int port) {
        URI webhooks = URI.create("http://127.0.0.1:" + port + "/hooks");
        var settings = new HashMap<String, String>();
        Map<ProviderAccount, Integer> weights = new LinkedHashMap<>();
        for (Carrier carrier : Carrier.values()) {
            URI url = URI.create("http://127.0.0.1:" + arguments.number(carrier.provider()));
            settings.putAll(carrier.settings(url, webhooks));
            weights.put(carrier.account(), 1);
        }
        DispatchEngineBuilder engine = DispatchEngine.builder(store)
                .accounts(ProviderCatalog.discover().create(List.copyOf(weights.keySet()), SettingSource.of(settings)))
                .routing(Routing.weighted(weights));
        return inAHurry(engine).build();
    }

    /** Seconds where the defaults say minutes. */
    private static DispatchEngineBuilder inAHurry(DispatchEngineBuilder engine) {
        return engine.lease(LEASE)
                .grace(GRACE)
                .throttlePatience(Duration.ofMillis(500))
                .doubtPatience(Duration.ofMillis(1500))
                .outagePause(Duration.ofMillis(200), Duration.ofSeconds(1))
                .refusalPause(Duration.ofMillis(200), Duration.ofSeconds(1))
                .messagePause(Duration.ofMillis(500), Duration.ofSeconds(2))
                .lookupPause(Duration.ofSeconds(1), Duration.ofSeconds(5))
                .idlePause(Duration.ofMillis(100));
    }
}
