package io.github.smsdispatch.benchmarks.store;

import com.zaxxer.hikari.HikariDataSource;
import io.github.smsdispatch.engine.DispatchEngine;
import io.github.smsdispatch.jdbc.JdbcMessageStore;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/** Takes one campaign in, in a process of its own, and prints what it took. */
final class EnqueueProcess {
    /** Messages that go in before those that are measured. */
    static final int WARM_UP = 20_000;

    private EnqueueProcess() {}

    /**
     * Measures.
     *
     * @param args the database, {@code ours} or {@code plain}, and how many messages
     */
    public static void main(String[] args) throws Exception {
        int messages = Integer.parseInt(args[2]);
        try (HikariDataSource dataSource = MariaDb.pool(args[0], 4)) {
            Work work = args[1].equals("ours") ? ours(dataSource) : plain(dataSource);
            work.enqueue(WARM_UP);
            var cpu = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
            long cpuBefore = cpu.getProcessCpuTime();
            long start = System.nanoTime();
            work.enqueue(messages);
            System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
            System.out.println("cpuMicros " + (cpu.getProcessCpuTime() - cpuBefore) / 1e3);
            System.out.println("heapBytes "
                    + ManagementFactory.getMemoryPoolMXBeans().stream()
                            .filter(pool -> pool.getType() == MemoryType.HEAP)
                            .map(MemoryPoolMXBean::getPeakUsage)
                            .mapToLong(MemoryUsage::getUsed)
                            .sum());
        }
    }

    /** Takes so many messages in. */
    @FunctionalInterface
    private interface Work {
        void enqueue(int messages) throws Exception;
    }

    private static Work ours(HikariDataSource dataSource) {
        var store = JdbcMessageStore.builder(dataSource).build();
        store.createSchema();
        DispatchEngine engine = DispatchEngine.builder(store)
                .account(InstantProvider.ACCOUNT, new InstantProvider(1, 1))
                .build();
        return messages -> {
            long added = engine.enqueueAll(Campaign.of(messages)).added();
            if (added != messages) {
                throw new IllegalStateException("only " + added + " were added");
            }
        };
    }

    private static Work plain(HikariDataSource dataSource) throws Exception {
        PlainTables.create(dataSource);
        return messages -> PlainTables.insert(dataSource, Campaign.of(messages), 1000);
    }
}
