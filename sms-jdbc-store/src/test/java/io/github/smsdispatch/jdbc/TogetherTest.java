package io.github.smsdispatch.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
@DisplayName("What several threads want at the same time")
class TogetherTest {
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goesOn = new CountDownLatch(1);
    private final List<List<String>> groups = new ArrayList<>();
    private final Together<String, Integer> together = new Together<>(3, this::work);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    /** The first call waits, what is bad fails, and the others come to the number of their letters. */
    private List<Integer> work(List<String> all) {
        synchronized (groups) {
            groups.add(all);
        }
        begun.countDown();
        try {
            goesOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (all.contains("bad")) {
            throw new IllegalArgumentException("scripted");
        }
        return all.stream().map(String::length).toList();
    }

    private CompletableFuture<Integer> start(String what) {
        return CompletableFuture.supplyAsync(() -> together.call(what), threads);
    }

    /** Starts them one after the other, while the first is being done. */
    private List<CompletableFuture<Integer>> startAll(String... all) throws InterruptedException {
        var calls = new ArrayList<CompletableFuture<Integer>>();
        for (String what : all) {
            calls.add(start(what));
            begun.await();
            while (together.waiting() < calls.size() - 1) {
                Thread.onSpinWait();
            }
        }
        goesOn.countDown();
        return calls;
    }

    @Test
    @DisplayName(
            "is done at once for who comes alone, and together for those who came meanwhile, each getting its own result")
    void together() throws InterruptedException {
        List<CompletableFuture<Integer>> calls = startAll("a", "bb", "ccc", "dddd");
        assertThat(calls).extracting(CompletableFuture::join).containsExactly(1, 2, 3, 4);
        assertThat(groups).containsExactly(List.of("a"), List.of("bb", "ccc", "dddd"));
        assertThat(together.waiting()).isZero();
    }

    @Test
    @DisplayName("is done in groups where there is too much of it")
    void bounded() throws InterruptedException {
        List<CompletableFuture<Integer>> calls = startAll("a", "bb", "ccc", "dddd", "eeeee");
        assertThat(calls).extracting(CompletableFuture::join).containsExactly(1, 2, 3, 4, 5);
        assertThat(groups).containsExactly(List.of("a"), List.of("bb", "ccc", "dddd"), List.of("eeeee"));
    }

    @Test
    @DisplayName("fails for nobody but for whom it is bad")
    void failing() throws InterruptedException {
        List<CompletableFuture<Integer>> calls = startAll("a", "bb", "bad", "dddd");
        assertThat(calls.get(1).join()).isEqualTo(2);
        assertThat(calls.get(3).join()).isEqualTo(4);
        assertThatThrownBy(() -> calls.get(2).join())
                .isInstanceOf(CompletionException.class)
                .hasRootCauseInstanceOf(IllegalArgumentException.class);
        assertThat(groups)
                .contains(List.of("a"), List.of("bb", "bad", "dddd"), List.of("bb"), List.of("bad"), List.of("dddd"))
                .hasSize(5);
    }

    @Test
    @DisplayName("is tried once for who comes alone, and goes on for the next")
    void alone() {
        goesOn.countDown();
        assertThatThrownBy(() -> together.call("bad")).isInstanceOf(IllegalArgumentException.class);
        assertThat(groups).containsExactly(List.of("bad"));
        assertThat(together.call("well")).isEqualTo(4);
    }
}
