package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Whatever goes wrong, a hand-over goes out at most once, and its outcome never claims more than is proven. */
abstract class FaultRules extends ProviderRules {
    @Test
    @DisplayName("without a fault it is accepted, and arrives once")
    void noFault() {
        try (SmsProvider provider = fixture().provider()) {
            fixture().assertAccepted(provider, 7);
        }
        assertEquals(1, fixture().server().requests(), "requests that arrived");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(mode = Mode.MATCH_NONE, names = "STALL_.*") // waited out together, below
    @DisplayName("it goes out at most once, and the outcome says what is proven")
    void neverTwiceAndNeverWrong(HandOverFault fault) throws Exception {
        SubmitOutcome outcome =
                switch (fault.where()) {
                    case NO_SERVER -> withoutServer(fault);
                    case POOLED -> onPooledConnection(fault);
                    case STALL -> throw new IllegalArgumentException(fault.name());
                    case CONNECTION, ANSWER -> afterWarmUp(fixture(), fault, ProviderFixture.PATIENT);
                };
        assertEnding(fault, outcome);
    }

    @Test
    @DisplayName("an answer that stalls ends with the deadline, in doubt, and nothing is sent again")
    void stalls() {
        ProviderFixture.atOnce(Stream.of(HandOverFault.values())
                .filter(fault -> fault.where() == HandOverFault.Where.STALL)
                .<Runnable>map(fault -> () -> stall(fault))
                .toList());
    }

    private void stall(HandOverFault fault) {
        try (var room = new ProviderFixture(contract())) {
            assertEnding(fault, afterWarmUp(room, fault, ProviderFixture.SHORT));
        }
    }

    private void assertEnding(HandOverFault fault, SubmitOutcome outcome) {
        Ending ending = Ending.of(outcome);
        // Who notices in time that a connection is closed takes another: whatever arrived there counts as usual.
        if (fault == HandOverFault.CLOSE_WHILE_POOLED && ending == Ending.ACCEPTED) {
            return;
        }
        assertEquals(contract().endingOf(fault), ending, () -> fault + " ended as " + outcome);
    }

    @Test
    @DisplayName("the wait that comes with a 429 is passed on")
    void retryAfter() {
        Ending ending = contract().endingOf(HandOverFault.STATUS_429);
        assumeFalse(ending == Ending.UNKNOWN || ending == Ending.ACCEPTED, "a 429 refuses nothing here");
        fixture().server().play(fixture().scripts().of(HandOverFault.STATUS_429));
        try (SmsProvider provider = fixture().provider()) {
            SubmitOutcome outcome = fixture().submit(provider, 1);
            assertTrue(
                    outcome instanceof SubmitOutcome.Refused refused
                            && Duration.ofSeconds(7).equals(refused.retryAfter()),
                    () -> "ended as " + outcome);
        }
    }

    private SubmitOutcome withoutServer(HandOverFault fault) throws IOException {
        FaultServer server = fixture().server();
        String baseUrl =
                switch (fault) {
                    case CONNECTION_REFUSED -> "http://127.0.0.1:" + unusedPort();
                    // RFC 6761 reserves the top-level domain invalid for names that do not exist.
                    case UNKNOWN_HOST -> "https://sms-gateway.invalid";
                    case TLS_FAILURE -> "https://" + server.hostAndPort();
                    default -> throw new IllegalArgumentException(fault.name());
                };
        try (SmsProvider provider = fixture().provider(baseUrl, ProviderFixture.PATIENT)) {
            SubmitOutcome outcome = fixture().submit(provider, 2);
            assertEquals(0, server.requests(), "requests that arrived");
            return outcome;
        }
    }

    private SubmitOutcome onPooledConnection(HandOverFault fault) throws InterruptedException {
        FaultServer server = fixture().server();
        try (SmsProvider provider = fixture().provider()) {
            if (fault == HandOverFault.CLOSE_WHILE_POOLED) {
                var closed = new CountDownLatch(1);
                server.play(fixture().scripts().acceptThenClose(closed));
                fixture().assertAccepted(provider, 1);
                closed.await();
            } else {
                fixture().assertAccepted(provider, 1);
                server.play(fixture().scripts().of(fault));
            }
            int before = server.requests();
            SubmitOutcome outcome = fixture().submit(provider, 2);
            boolean reached = fault != HandOverFault.CLOSE_WHILE_POOLED || Ending.of(outcome) == Ending.ACCEPTED;
            assertEquals(reached ? 1 : 0, server.requests() - before, "requests that arrived");
            // A second one where the first was seen to be closed, or none is ever used twice.
            assertTrue(server.connections() <= 2, () -> server.connections() + " connections");
            return outcome;
        }
    }

    /** The first call loads classes; after it, a short deadline is about the fault alone. */
    private static SubmitOutcome afterWarmUp(ProviderFixture room, HandOverFault fault, Duration deadline) {
        FaultServer server = room.server();
        try (SmsProvider provider = room.provider(room.url(), deadline)) {
            try (SmsProvider warmUp = room.provider()) {
                room.assertAccepted(warmUp, 1);
            }
            server.play(room.scripts().of(fault));
            int requests = server.requests();
            int connections = server.connections();
            SubmitOutcome outcome = room.submit(provider, 2);
            int added = server.connections() - connections;
            // None where the providers of one process share their connections.
            assertTrue(added <= 1, () -> added + " new connections");
            boolean read = fault != HandOverFault.CLOSE_ON_ACCEPT || added == 0;
            assertEquals(read ? 1 : 0, server.requests() - requests, "requests that arrived");
            return outcome;
        }
    }

    /** Free a moment ago; that nobody takes it meanwhile is as good as certain. */
    private static int unusedPort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }
}
