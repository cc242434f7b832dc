package io.github.smsdispatch.jdbc;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A data source whose connection is cut once so many statements of migrations were executed on it. */
final class DyingNode implements AutoCloseable {
    private final TestPool pool;
    private final int lastStatement;
    private final AtomicInteger executed = new AtomicInteger();

    /** @param lastStatement the one after which the connection is gone, from 1 */
    DyingNode(String url, int lastStatement) {
        this.pool = new TestPool(url);
        this.lastStatement = lastStatement;
    }

    /** One that lives. */
    DyingNode(String url) {
        this(url, Integer.MAX_VALUE);
    }

    int executed() {
        return executed.get();
    }

    DataSource dataSource() {
        return proxy(
                DataSource.class,
                pool,
                real -> proxy(
                        Connection.class,
                        real,
                        result -> result instanceof Statement statement && !(result instanceof PreparedStatement)
                                ? dying((Connection) real, statement)
                                : result));
    }

    private Statement dying(Connection connection, Statement real) {
        return (Statement) Proxy.newProxyInstance(
                DyingNode.class.getClassLoader(), new Class<?>[] {Statement.class}, (proxy, method, arguments) -> {
                    Object result = invoke(real, method, arguments);
                    if (method.getName().equals("execute") && executed.incrementAndGet() == lastStatement) {
                        connection.abort(Runnable::run);
                        throw new SQLRecoverableException("the node is gone", "08006");
                    }
                    return result;
                });
    }

    private interface Wrapping {
        Object wrap(Object result);
    }

    private static <T> T proxy(Class<T> type, Object real, Wrapping wrapping) {
        return type.cast(Proxy.newProxyInstance(
                DyingNode.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> wrapping.wrap(invoke(real, method, arguments))));
    }

    private static Object invoke(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    @Override
    public void close() throws SQLException {
        pool.close();
    }
}
