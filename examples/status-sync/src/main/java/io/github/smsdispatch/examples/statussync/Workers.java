package io.github.smsdispatch.examples.statussync;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does something that waits for many things at once. */
final class Workers {
    private static final int MOST = 100;

    private Workers() {}

    /** The results, in the order of the things. */
    static <A, B> List<B> map(List<A> things, Function<A, B> work) {
        ExecutorService threads = Executors.newFixedThreadPool(MOST);
        try {
            List<Future<B>> results = things.stream()
                    .map(thing -> threads.submit(() -> work.apply(thing)))
                    .toList();
            var values = new ArrayList<B>();
            for (Future<B> result : results) {
                values.add(result.get());
            }
            return values;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
    }
}
