package io.github.smsdispatch.testkit.carrier.server;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the simulator gets its threads; none of them keeps the JVM alive. */
final class Threads {
    /** One connection takes one thread, so this is also how many connections may be open on a JVM before 21. */
    private static final int MAX_PLATFORM_THREADS = 512;

    private static final int STOP_SECONDS = 10;

    private Threads() {}

    /** A thread for each task: virtual from Java 21 on, otherwise from a bounded pool that refuses when it is full. */
    static ExecutorService perTask(String name) {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException beforeJava21) {
            return new ThreadPoolExecutor(
                    0, MAX_PLATFORM_THREADS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons(name));
        }
    }

    /** Interrupts what runs and waits until it has ended, so that nobody writes to what is closed next. */
    static void stop(ExecutorService threads) {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("threads of the simulator did not end within " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static ThreadFactory daemons(String name) {
        var count = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
