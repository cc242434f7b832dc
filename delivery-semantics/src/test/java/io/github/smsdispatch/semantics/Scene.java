package io.github.smsdispatch.semantics;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.smsdispatch.Message;
import io.github.smsdispatch.MessageEvent;
import io.github.smsdispatch.MessageId;
import io.github.smsdispatch.MessageState;
import io.github.smsdispatch.MessageStatus;
import io.github.smsdispatch.ProviderAccount;
import io.github.smsdispatch.catalog.ProviderCatalog;
import io.github.smsdispatch.catalog.SettingSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.engine.DispatchEngineBuilder;
import io.github.smsdispatch.engine.Stepper;
import io.github.smsdispatch.memory.InMemoryMessageStore;
import io.github.smsdispatch.spi.WebhookRequest;
import io.github.smsdispatch.spi.WebhookVerdict;
import io.github.smsdispatch.testkit.MovableClock;
import io.github.smsdispatch.testkit.carrier.CarrierSimulator;
import io.github.smsdispatch.testkit.carrier.FaultScript;
import io.github.smsdispatch.webhooks.WebhookHttpHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/**
 * A provider's module, a carrier that speaks its wire format on a real socket, the server for its receipts, and an engine,
 * all by one clock that the test moves. The carrier delivers within {@link #DELIVERY}.
 */
final class Scene implements AutoCloseable {
    static final Duration DELIVERY = Duration.ofSeconds(3);

    private static final int FAR_TOO_MANY_JUMPS = 10_000;
    private static final String PATH = "/hooks";

    /** So that no two scenes draw the same ids. */
    private static final AtomicLong SEEDS = new AtomicLong();

    private final long seed = SEEDS.incrementAndGet();

    /** From now on, because the modules have clocks of their own that must not be ahead. */
    final MovableClock clock = MovableClock.startingAt(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    final InMemoryMessageStore store = new InMemoryMessageStore(clock);
    final CarrierSimulator carrier;
    final DispatchEngine engine;
    private final Played provider;
    private final HttpServer server;
    private final URI receipts;

    /** What the carrier has posted. */
    private final Queue<WebhookRequest> posted = new ConcurrentLinkedQueue<>();

    Scene(Played provider) {
        this(provider, Map.of(), settings -> settings);
    }

    /**
     * @param more settings of the module beside those that it needs
     * @param change what the user has set at the engine
     */
    Scene(Played provider, Map<String, String> more, UnaryOperator<DispatchEngineBuilder> change) {
        this.provider = provider;
        this.server = listen();
        this.receipts = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PATH + "/"
                + provider.account().provider() + "/" + ProviderAccount.DEFAULT);
        CarrierSimulator.Builder building = CarrierSimulator.builder()
                .clock(clock)
                .faults(FaultScript.of("delivery=" + DELIVERY.toSeconds() + "s"));
        provider.playedBy(building, receipts);
        carrier = building.start();
        Map<String, String> settings = new HashMap<>();
        String url = carrier.baseUrl().toString();
        add(settings, provider, Map.of("base-url", url));
        add(settings, provider, provider.settings(url, receipts));
        add(settings, provider, more);
        DispatchEngineBuilder builder = DispatchEngine.builder(store)
                .accounts(ProviderCatalog.discover().create(List.of(provider.account()), SettingSource.of(settings)))
                .clock(clock)
                .random(new Random(seed));
        engine = Stepper.build(change.apply(builder));
        server.createContext(PATH, new WebhookHttpHandler(this::receive));
        server.start();
    }

    private static void add(Map<String, String> settings, Played provider, Map<String, String> more) {
        more.forEach((key, value) -> settings.put(provider.account().provider() + "." + key, value));
    }

    private static HttpServer listen() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private WebhookVerdict receive(ProviderAccount account, WebhookRequest request) {
        posted.add(request);
        return engine.receive(account, request);
    }

    /** Where the carrier posts to, without what the user has added to it for the provider to prove itself. */
    URI receiptUrl() {
        return receipts;
    }

    /** Gives all that was posted here to an engine; returns how it answers. */
    List<Integer> postAgainTo(Scene other) {
        return posted.stream()
                .map(request ->
                        other.engine.receive(provider.account(), request).status())
                .toList();
    }

    /** Enqueues a text and steps the engine until nothing is left to do at this time. */
    MessageId send(String text) {
        return send(provider.message(text));
    }

    MessageId send(Message.Builder message) {
        MessageId id = engine.enqueue(message.build()).id();
        Stepper.settle(engine);
        return id;
    }

    void advance(Duration by) {
        clock.advance(by);
        Stepper.settle(engine);
    }

    /** Lets the carrier deliver, and its receipts arrive. */
    void receipts() throws InterruptedException {
        clock.advance(DELIVERY.multipliedBy(2));
        assertThat(carrier.awaitReceipts(Duration.ofSeconds(20)))
                .as("all receipts are posted")
                .isTrue();
        Stepper.settle(engine);
    }

    /** Lets time pass from one thing to do to the next, until the message is in one of these states or final. */
    void runTo(MessageId id, MessageState... states) {
        Collection<MessageState> wanted = List.of(states);
        for (int jumps = 0; !wanted.contains(state(id)) && !state(id).isFinal(); jumps++) {
            assertThat(jumps).as("jumps without an end").isLessThan(FAR_TOO_MANY_JUMPS);
            Instant next = store.nextWorkAt().orElseThrow();
            Duration until = Duration.between(clock.instant(), next);
            advance(until.isNegative() || until.isZero() ? Duration.ofSeconds(1) : until);
        }
    }

    /** How long ago a message was enqueued that was due at once. */
    Duration age(MessageId id) {
        return Duration.between(status(id).dueAt(), clock.instant());
    }

    MessageStatus status(MessageId id) {
        return engine.status(id).orElseThrow();
    }

    MessageState state(MessageId id) {
        return status(id).state();
    }

    /** The states a message went through. */
    List<MessageState> path(MessageId id) {
        return engine.history(id).stream()
                .filter(event -> event.from() != event.to())
                .map(MessageEvent::to)
                .toList();
    }

    /** How many texts the carrier has taken. */
    int taken() {
        return carrier.ledger().size();
    }

    @Override
    public void close() {
        engine.close();
        carrier.close();
        server.stop(0);
    }
}
