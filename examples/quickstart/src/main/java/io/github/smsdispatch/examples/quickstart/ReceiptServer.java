package io.github.smsdispatch.examples.quickstart;

import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.store.StoreException;
import io.github.smsdispatch.webhooks.WebhookHttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the carriers report: a small HTTP server on the loopback address that hands every request to the engine, which
 * verifies it. The path names the account: {@code /receipts/twilio/default}.
 */
final class ReceiptServer implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ReceiptServer.class);
    private static final String PATH = "/receipts";

    private final HttpServer server;
    /** As many as there are requests: with a fixed number, a few carriers that stop half-way would keep out all others. */
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        var thread = new Thread(task, "receipts");
        thread.setDaemon(true);
        return thread;
    });

    private volatile @Nullable DispatchEngine engine;

    /**
     * Begins to listen, on the port of the run before if it is free: carriers may still report to it.
     *
     * @param memory the file that remembers the port
     */
    ReceiptServer(Path memory) {
        // A request must have come in by then: a carrier that is killed half-way through one keeps no thread.
        System.setProperty("sun.net.httpserver.maxReqTime", "20");
        this.server = listen(remembered(memory));
        remember(memory, port());
        server.setExecutor(threads);
        server.createContext(PATH, new WebhookHttpHandler(this::receive));
        server.start();
    }

    private static int remembered(Path memory) {
        try {
            return Files.exists(memory)
                    ? Integer.parseInt(Files.readString(memory).strip())
                    : 0;
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    private static void remember(Path memory, int port) {
        try {
            Files.writeString(memory, port + "\n");
        } catch (IOException e) {
            // Then the next run listens elsewhere, and the carriers are asked instead.
            log.warn("the port for receipts could not be noted: {}", e.getMessage());
        }
    }

    private static HttpServer listen(int wanted) {
        InetAddress here = InetAddress.getLoopbackAddress();
        try {
            return HttpServer.create(new InetSocketAddress(here, wanted), 0);
        } catch (IOException e) {
            if (wanted != 0) {
                return listen(0);
            }
            throw new UncheckedIOException("cannot listen on the loopback address", e);
        }
    }

    /** Until then every request is put off. */
    void serve(DispatchEngine target) {
        engine = target;
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** What to give a provider as its {@code callback-url}. */
    URI urlFor(ProviderAccount account) {
        return URI.create("http://127.0.0.1:" + port() + PATH + "/" + account.provider() + "/" + account.account());
    }

    private WebhookVerdict receive(ProviderAccount account, WebhookRequest request) {
        DispatchEngine target = engine;
        if (target == null) {
            throw new StoreException("the engine has not started yet", null);
        }
        return target.receive(account, request);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
