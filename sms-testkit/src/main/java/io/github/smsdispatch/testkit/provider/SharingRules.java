package io.github.smsdispatch.testkit.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.smsdispatch.spi.SmsProvider;
import io.github.smsdispatch.spi.Submission;
import io.github.smsdispatch.spi.SubmitOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** One provider serves many threads, and no call changes what becomes of another. */
abstract class SharingRules extends ProviderRules {
    private static final int THREADS = 16;
    private static final int EACH = 25;

    @Test
    @DisplayName("many threads share one provider, and each gets its own answers")
    void concurrent() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        var together = new CountDownLatch(1);
        try (SmsProvider provider = fixture().provider()) {
            List<Future<Map<Submission, SubmitOutcome>>> running = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                List<Submission> ours = fixture().submissions(thread * EACH, EACH);
                Callable<Map<Submission, SubmitOutcome>> work = () -> {
                    together.await();
                    var outcomes = new HashMap<Submission, SubmitOutcome>();
                    ours.forEach(
                            submission -> outcomes.put(submission, fixture().submit(provider, submission)));
                    return outcomes;
                };
                running.add(pool.submit(work));
            }
            together.countDown();
            for (Future<Map<Submission, SubmitOutcome>> thread : running) {
                thread.get().forEach(fixture()::assertAccepted);
            }
        } finally {
            pool.shutdownNow();
        }
        assertEquals(THREADS * EACH, fixture().server().requests(), "requests that arrived");
    }

    @Test
    @DisplayName("a refusal, a fault or a garbled answer does not change what becomes of the next call")
    void noMemory() {
        try (SmsProvider provider = fixture().provider()) {
            for (HandOverFault fault : HandOverFault.values()) {
                if (fault.where() == HandOverFault.Where.ANSWER || fault.where() == HandOverFault.Where.CONNECTION) {
                    fixture().server().play(fixture().scripts().of(fault));
                    fixture().submit(provider, 1);
                    fixture().accept();
                    assertAccepted("a hand-over after " + fault, provider, 2);
                }
            }
            fixture().answer(call -> refusal(call));
            fixture().submit(provider, 1);
            fixture().accept();
            assertAccepted("a hand-over after one that refuses says no to", provider, 1);
        }
    }

    @Test
    @DisplayName("the order of the calls does not matter")
    void anyOrder() {
        FaultServer.Script yes = fixture().scripts().accept();
        List<FaultServer.Script> moods = List.of(
                yes,
                fixture().scripts().of(HandOverFault.STATUS_500),
                fixture().scripts().of(HandOverFault.STATUS_401),
                fixture().scripts().of(HandOverFault.SUCCESS_GARBAGE),
                yes,
                fixture().scripts().of(HandOverFault.STATUS_429));
        fixture().server().play((socket, call) -> moods.get(call.number() % moods.size())
                .answer(socket, call));
        List<Integer> order = new ArrayList<>(IntStream.range(0, 30).boxed().toList());
        Map<Integer, Ending> expected = endings(order);
        for (int seed = 0; seed < 3; seed++) {
            Collections.shuffle(order, new Random(seed));
            assertEquals(expected, endings(order), "endings by number");
        }
    }

    private void assertAccepted(String what, SmsProvider provider, int number) {
        Submission submission = fixture().submission(number);
        fixture().assertAccepted(what, submission, fixture().submit(provider, submission));
    }

    private Map<Integer, Ending> endings(List<Integer> order) {
        var endings = new HashMap<Integer, Ending>();
        try (SmsProvider provider = fixture().provider()) {
            order.forEach(number -> endings.put(number, Ending.of(fixture().submit(provider, number))));
        }
        return endings;
    }

    private ApiReply refusal(ApiCall call) {
        ApiReply told = contract().refuses(call, Set.copyOf(call.numbers()));
        return told == null ? ApiReply.json(400, "{}") : told;
    }
}
