package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.SubmitOutcome;
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
    /** Longer than HTTP clients and libraries for repeating wait before their first repetition. */
    private static final Duration QUIET = Duration.ofMillis(600);

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
        switch (fault.where()) {
            case NO_SERVER -> assertEnding(fault, withoutServer(fault));
            case POOLED -> assertEnding(fault, onPooledConnection(fault));
            case STALL -> throw new IllegalArgumentException(fault.name());
            case CONNECTION, ANSWER -> afterWarmUp(fixture(), fault, ProviderFixture.PATIENT);
        }
    }

    @Test
    @DisplayName("an answer that stalls ends with the deadline, in doubt, and nothing is sent again")
    void stalls() {
        ProviderFixture.atOnce(Stream.of(HandOverFault.values())
                .filter(fault -> fault.where() == HandOverFault.Where.STALL)
                .<Runnable>map(fault -> () -> ProviderFixture.whileStalling(fault.name(), deadline -> {
                    try (var room = new ProviderFixture(contract())) {
                        return afterWarmUp(room, fault, deadline);
                    }
                }))
                .toList());
    }

    @Test
    @DisplayName("nothing goes out behind the caller's back: not later, not with the next call, not while closing")
    void nothingLater() {
        ProviderFixture.atOnce(Stream.of(
                        HandOverFault.CLOSE_AFTER_REQUEST,
                        HandOverFault.RESET_AFTER_REQUEST,
                        HandOverFault.CLOSE_IN_BODY,
                        HandOverFault.SUCCESS_EMPTY,
                        HandOverFault.STATUS_429,
                        HandOverFault.STATUS_500,
                        HandOverFault.STATUS_503_RETRY_NOW)
                .<Runnable>map(fault -> () -> nothingLater(fault))
                .toList());
    }

    private void nothingLater(HandOverFault fault) {
        try (var room = new ProviderFixture(contract())) {
            FaultServer server = room.server();
            try (SmsProvider provider = room.provider()) {
                server.play(room.scripts().of(fault));
                room.submit(provider, 1);
                assertEquals(1, server.requestsWithin(1, QUIET), () -> fault + ": requests after submit returned");
                room.accept();
                room.assertAccepted(provider, 2);
                assertEquals(2, server.requests(), () -> fault + ": requests after the next hand-over");
            }
            assertEquals(2, server.requests(), () -> fault + ": requests after the provider was closed");
        }
    }

    private void assertEnding(HandOverFault fault, SubmitOutcome outcome) {
        Ending ending = Ending.of(outcome);
        // Who notices in time that a connection is closed takes another: whatever arrived there counts as usual.
        if (fault == HandOverFault.CLOSE_WHILE_POOLED && ending == Ending.ACCEPTED) {
            return;
        }
        assertEquals(contract().endingOf(fault), ending, () -> fault + " (see endingOf) ended as " + outcome);
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
                    () -> "STATUS_429 asks for 7 s, and ended as " + outcome);
        }
    }

    private SubmitOutcome withoutServer(HandOverFault fault) {
        try (var nobody = new RefusingPort()) {
            return withoutServer(fault, nobody);
        }
    }

    private SubmitOutcome withoutServer(HandOverFault fault, RefusingPort nobody) {
        FaultServer server = fixture().server();
        String baseUrl =
                switch (fault) {
                    case CONNECTION_REFUSED -> nobody.url();
                    // RFC 6761 reserves the top-level domain invalid for names that do not exist.
                    case UNKNOWN_HOST -> "https://sms-gateway.invalid";
                    case TLS_FAILURE -> "https://" + server.hostAndPort();
                    default -> throw new IllegalArgumentException(fault.name());
                };
        try (SmsProvider provider = fixture().provider(baseUrl, ProviderFixture.PATIENT)) {
            SubmitOutcome outcome = fixture().submit(provider, 2);
            assertEquals(0, server.requests(), () -> fault + ": requests that arrived");
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
            assertEquals(reached ? 1 : 0, server.requests() - before, () -> fault + ": requests that arrived");
            // A second one where the first was seen to be closed, or none is ever used twice.
            assertTrue(server.connections() <= 2, () -> fault + ": " + server.connections() + " connections");
            return outcome;
        }
    }

    /**
     * The first call loads classes; after it, a short deadline is about the fault alone.
     *
     * @return whether the fault struck before the deadline was over; if not, nothing was tested
     */
    private boolean afterWarmUp(ProviderFixture room, HandOverFault fault, Duration deadline) {
        FaultServer server = room.server();
        try (SmsProvider provider = room.provider(room.url(), deadline)) {
            try (SmsProvider warmUp = room.provider()) {
                room.assertAccepted(warmUp, 1);
            }
            server.play(room.scripts().of(fault));
            int requests = server.requests();
            int played = server.played();
            int connections = server.connections();
            SubmitOutcome outcome = room.submit(provider, 2);
            if (fault.where() == HandOverFault.Where.STALL && server.played() == played) {
                return false;
            }
            int added = server.connections() - connections;
            // None where the providers of one process share their connections.
            assertTrue(added <= 1, () -> fault + ": " + added + " new connections");
            boolean read = fault != HandOverFault.CLOSE_ON_ACCEPT || added == 0;
            assertEquals(read ? 1 : 0, server.requests() - requests, () -> fault + ": requests that arrived");
            assertEnding(fault, outcome);
            return true;
        }
    }
}
