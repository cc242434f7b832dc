package io.github.smsdispatch.infobip;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.EngineListener;
import io.github.smsdispatch.engine.Routing;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.WebhookRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** Engines in a hurry, and servers around them. */
final class Engines {
    static final ProviderAccount ACCOUNT = ProviderAccount.of("infobip");

    private Engines() {}

    /** One that waits for nothing longer than it must, so that a test takes seconds. */
    static DispatchEngine inAHurry(SmsProvider provider, EngineListener listener) {
        return DispatchEngine.builder(new InMemoryMessageStore())
                .account(ACCOUNT, provider)
                .routing(Routing.failover(ACCOUNT))
                .listener(listener)
                .doubtPatience(Duration.ofMillis(200))
                .lookupPause(Duration.ofMillis(100), Duration.ofMillis(500))
                .outagePause(Duration.ofMillis(20), Duration.ofMillis(200))
                .refusalPause(Duration.ofMillis(20), Duration.ofMillis(200))
                .messagePause(Duration.ofMillis(50), Duration.ofMillis(500))
                // Chance may lose one message time and again, which would then wait for the end of its validity.
                .absenceProofs(100)
                .idlePause(Duration.ofMillis(20))
                .build();
    }

    /** Answers POSTs on a free port of this machine with what the function makes of their bodies. */
    static HttpServer server(Function<WebhookRequest, Answer> function) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/", exchange -> answer(exchange, function));
        server.start();
        return server;
    }

    static String url(HttpServer server) {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    record Answer(int status, String body) {}

    private static void answer(HttpExchange exchange, Function<WebhookRequest, Answer> function) throws IOException {
        try (exchange) {
            Answer answer = function.apply(new WebhookRequest(
                    exchange.getRequestMethod(),
                    "http://127.0.0.1" + exchange.getRequestURI(),
                    exchange.getRequestHeaders(),
                    exchange.getRequestBody().readAllBytes()));
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
