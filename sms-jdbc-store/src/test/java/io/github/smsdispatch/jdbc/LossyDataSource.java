package io.github.smsdispatch.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source whose connections die at a commit when asked to: before it, or between the commit and its answer. */
final class LossyDataSource {
    private final DataSource real;

    /** How many of the next commits happen, and their answer is lost. */
    final AtomicInteger loseAnswers = new AtomicInteger();

    /** How many of the next commits never reach the server. */
    final AtomicInteger loseCommits = new AtomicInteger();

    final AtomicInteger commits = new AtomicInteger();

    LossyDataSource(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(real, method, arguments);
            return result instanceof Connection connection ? lossy(connection) : result;
        });
    }

    private Connection lossy(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            if (method.getName().equals("commit")) {
                commits.incrementAndGet();
                if (takeOne(loseCommits)) {
                    // The driver finds out by itself when it sends the commit.
                    connection.abort(Runnable::run);
                }
                if (takeOne(loseAnswers)) {
                    connection.commit();
                    connection.abort(Runnable::run);
                    throw new SQLException("Communications link failure", "08S01");
                }
            }
            return invoke(connection, method, arguments);
        });
    }

    private static boolean takeOne(AtomicInteger left) {
        return left.getAndUpdate(count -> Math.max(0, count - 1)) > 0;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
