package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.smsdispatch.spi.FailureReason;
import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a provider over HTTP owes its callers when things go wrong: whatever the network or the server does, a hand-over
 * goes out at most once, and the outcome never claims more than is proven. Extend it and say how the provider is made;
 * a real server on the loopback interface plays the faults and counts what arrives.
 */
@Timeout(60)
public abstract class HandOverFaultContract {
    /** For extenders. */
    protected HandOverFaultContract() {}

    /** How a hand-over may end. */
    public enum Ending {
        /** {@link SubmitOutcome.Accepted}. */
        ACCEPTED,
        /** {@link SubmitOutcome.Refused} as {@link FailureReason#UNAVAILABLE}. */
        UNAVAILABLE,
        /** {@link SubmitOutcome.Refused} as {@link FailureReason#ACCOUNT}. */
        ACCOUNT,
        /** {@link SubmitOutcome.Refused} as {@link FailureReason#THROTTLED}. */
        THROTTLED,
        /** {@link SubmitOutcome.Refused} for another reason. */
        REFUSED,
        /** {@link SubmitOutcome.Unknown}. */
        UNKNOWN
    }

    /** Long enough for a busy machine, as nothing waits for its end. */
    private static final Duration PATIENT = Duration.ofSeconds(30);

    /** Waited out by the faults that stall. */
    private static final Duration SHORT = Duration.ofMillis(1_500);

    private static final String TEXT = "Your table is booked";

    private FaultServer server;
    private FaultScripts scripts;

    /**
     * Makes the provider.
     *
     * @param baseUrl where its API is, without trailing slash
     * @param deadline for one call
     */
    protected abstract SmsProvider provider(String baseUrl, Duration deadline);

    /** The HTTP status of the provider's yes. */
    protected abstract int acceptedStatus();

    /**
     * The JSON with which the provider says yes.
     *
     * @param number 0 to 999; the message id must hold it, so that each can be told from the others
     */
    protected abstract String acceptedBody(int number);

    /** The message id in {@link #acceptedBody}. */
    protected abstract String messageId(int number);

    /** The ending a fault must have; override where the provider documents another. */
    protected Ending endingOf(HandOverFault fault) {
        return Ending.valueOf(fault.ending().name());
    }

    @BeforeEach
    final void startServer() {
        scripts = new FaultScripts(call -> ApiReply.json(acceptedStatus(), acceptedBody(call.number())));
        server = new FaultServer(scripts.accept());
    }

    @AfterEach
    final void stopServer() {
        server.close();
    }

    @Test
    @DisplayName("without a fault a hand-over is accepted, and arrives once")
    void acceptedOnce() {
        try (SmsProvider provider = provider("http://" + server.hostAndPort(), PATIENT)) {
            assertAccepted(7, submit(provider, 7));
        }
        assertEquals(1, server.requests());
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("after a fault the hand-over went out at most once, and the outcome says what is proven")
    void neverTwiceAndNeverWrong(HandOverFault fault) throws Exception {
        SubmitOutcome outcome =
                switch (fault.where()) {
                    case NO_SERVER -> withoutServer(fault);
                    case POOLED -> onPooledConnection(fault);
                    case STALL -> afterWarmUp(fault, SHORT);
                    case CONNECTION, ANSWER -> afterWarmUp(fault, PATIENT);
                };
        assertEquals(endingOf(fault), endingOf(outcome), () -> fault + " ended as " + outcome);
        assertShowsNothing(outcome);
    }

    @Test
    @DisplayName("the wait that comes with a 429 is passed on")
    void retryAfter() {
        server.play(scripts.of(HandOverFault.STATUS_429));
        try (SmsProvider provider = provider("http://" + server.hostAndPort(), PATIENT)) {
            SubmitOutcome outcome = submit(provider, 1);
            assertTrue(outcome instanceof SubmitOutcome.Refused refused
                    && Duration.ofSeconds(7).equals(refused.retryAfter()));
        }
    }

    @Test
    @DisplayName("many threads share one provider, and each gets its own answer")
    void concurrent() throws Exception {
        int threads = 16;
        int each = 25;
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        var together = new CountDownLatch(1);
        try (SmsProvider provider = provider("http://" + server.hostAndPort(), PATIENT)) {
            List<Future<List<SubmitOutcome>>> running = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                int first = thread * each;
                Callable<List<SubmitOutcome>> work = () -> {
                    together.await();
                    List<SubmitOutcome> outcomes = new ArrayList<>();
                    for (int number = first; number < first + each; number++) {
                        outcomes.add(submit(provider, number));
                    }
                    return outcomes;
                };
                running.add(pool.submit(work));
            }
            together.countDown();
            for (int thread = 0; thread < threads; thread++) {
                List<SubmitOutcome> outcomes = running.get(thread).get();
                for (int i = 0; i < each; i++) {
                    assertAccepted(thread * each + i, outcomes.get(i));
                }
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(threads * each, server.requests());
    }

    private SubmitOutcome withoutServer(HandOverFault fault) throws IOException {
        String baseUrl =
                switch (fault) {
                    case CONNECTION_REFUSED -> "http://127.0.0.1:" + unusedPort();
                    // RFC 6761 reserves the top-level domain invalid for names that do not exist.
                    case UNKNOWN_HOST -> "http://sms-gateway.invalid";
                    case TLS_FAILURE -> "https://" + server.hostAndPort();
                    default -> throw new IllegalArgumentException(fault.name());
                };
        try (SmsProvider provider = provider(baseUrl, PATIENT)) {
            SubmitOutcome outcome = submit(provider, 2);
            assertEquals(0, server.requests(), "requests that arrived");
            return outcome;
        }
    }

    private SubmitOutcome onPooledConnection(HandOverFault fault) throws InterruptedException {
        try (SmsProvider provider = provider("http://" + server.hostAndPort(), PATIENT)) {
            if (fault == HandOverFault.CLOSE_WHILE_POOLED) {
                var closed = new CountDownLatch(1);
                server.play(scripts.acceptThenClose(closed));
                assertAccepted(1, submit(provider, 1));
                closed.await();
            } else {
                assertAccepted(1, submit(provider, 1));
                server.play(scripts.of(fault));
            }
            int before = server.requests();
            SubmitOutcome outcome = submit(provider, 2);
            boolean reached = fault != HandOverFault.CLOSE_WHILE_POOLED;
            assertEquals(reached ? 1 : 0, server.requests() - before, "requests that arrived");
            assertEquals(1, server.connections(), "connections");
            return outcome;
        }
    }

    /** The first call loads classes; after it, a short deadline is about the fault alone. */
    private SubmitOutcome afterWarmUp(HandOverFault fault, Duration deadline) {
        try (SmsProvider provider = provider("http://" + server.hostAndPort(), deadline)) {
            try (SmsProvider warmUp = provider("http://" + server.hostAndPort(), PATIENT)) {
                assertAccepted(1, submit(warmUp, 1));
            }
            server.play(scripts.of(fault));
            int requests = server.requests();
            int connections = server.connections();
            SubmitOutcome outcome = submit(provider, 2);
            boolean read = fault != HandOverFault.CLOSE_ON_ACCEPT;
            assertEquals(read ? 1 : 0, server.requests() - requests, "requests that arrived");
            assertEquals(1, server.connections() - connections, "connections");
            return outcome;
        }
    }

    private static SubmitOutcome submit(SmsProvider provider, int number) {
        Submission submission = TestSubmissions.of(number, TEXT, null, Duration.ofHours(1));
        List<SubmitOutcome> outcomes = provider.submit(List.of(submission));
        assertEquals(1, outcomes.size(), "outcomes for one submission");
        return outcomes.get(0);
    }

    private void assertAccepted(int number, SubmitOutcome outcome) {
        assertTrue(
                outcome instanceof SubmitOutcome.Accepted accepted
                        && accepted.providerMessageIds().equals(List.of(messageId(number))),
                () -> "ended as " + outcome);
    }

    private static void assertShowsNothing(SubmitOutcome outcome) {
        String shown = outcome.toString();
        assertFalse(shown.contains("7700900"), "the outcome shows the number");
        assertFalse(shown.contains("table"), "the outcome shows the text");
    }

    private static Ending endingOf(SubmitOutcome outcome) {
        return outcome.fold(
                accepted -> Ending.ACCEPTED,
                refused -> switch (refused.reason()) {
                    case UNAVAILABLE -> Ending.UNAVAILABLE;
                    case ACCOUNT -> Ending.ACCOUNT;
                    case THROTTLED -> Ending.THROTTLED;
                    default -> Ending.REFUSED;
                },
                unknown -> Ending.UNKNOWN);
    }

    /** Free a moment ago; that nobody takes it meanwhile is as good as certain. */
    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
