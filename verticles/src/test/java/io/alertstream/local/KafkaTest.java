package io.alertstream.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * An integration test with a real Kafka: a parameter of type {@link TestKafka} resolves to the broker that all tests in
 * this JVM share. It starts with the first test that uses it and stops after the last one, so tests name their topics
 * and groups with {@link TestKafka#newTopic}. If it should run in a container and there is no engine, tests are skipped
 * with a message.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KafkaTest.Shared.class)
public @interface KafkaTest {

    /** Keeps the broker in the store of the whole run, which closes it. */
    final class Shared implements ParameterResolver, ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext test) {
            return TestKafka.missing()
                    .map(reason -> {
                        System.err.println(test.getDisplayName() + " is skipped: " + reason);
                        return ConditionEvaluationResult.disabled(reason);
                    })
                    .orElseGet(() -> ConditionEvaluationResult.enabled("there is a broker"));
        }

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
            return parameter.getParameter().getType() == TestKafka.class;
        }

        @Override
        public TestKafka resolveParameter(ParameterContext parameter, ExtensionContext test) {
            return test.getRoot()
                    .getStore(ExtensionContext.Namespace.create(TestKafka.class))
                    .computeIfAbsent(TestKafka.class, key -> start(), TestKafka.class);
        }

        private static TestKafka start() {
            try {
                return TestKafka.start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
