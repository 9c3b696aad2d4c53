package io.alertstream.local;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;

/**
 * The rights of the user {@code community}, as a cluster grants them to a community broker: read and describe one
 * topic, and use the consumer groups that begin with its name.
 */
final class CommunityAccess {

    static final String USER = "community";
    static final String SCRAM_CREDENTIALS = "SCRAM-SHA-512=[name=" + USER + ",password=" + USER + "]";

    private static final String PRINCIPAL = "User:" + USER;
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private CommunityAccess() {}

    /** Grants the rights, and revokes those of an earlier start on another topic. */
    static void grant(String bootstrapServers, String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        List<AclBinding> wanted = List.of(
                allow(ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.READ),
                allow(ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.DESCRIBE),
                allow(ResourceType.TOPIC, topic, PatternType.LITERAL, AclOperation.DESCRIBE_CONFIGS),
                allow(ResourceType.GROUP, USER, PatternType.PREFIXED, AclOperation.ALL));
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<AclBindingFilter> stale =
                    admin.describeAcls(ofUser()).values().get(LIMIT.toSeconds(), TimeUnit.SECONDS).stream()
                            .filter(binding -> !wanted.contains(binding))
                            .map(AclBinding::toFilter)
                            .toList();
            admin.deleteAcls(stale).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            admin.createAcls(wanted).all().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    private static AclBinding allow(ResourceType type, String name, PatternType pattern, AclOperation operation) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(PRINCIPAL, "*", operation, AclPermissionType.ALLOW));
    }

    private static AclBindingFilter ofUser() {
        return new AclBindingFilter(
                ResourcePatternFilter.ANY,
                new AccessControlEntryFilter(PRINCIPAL, null, AclOperation.ANY, AclPermissionType.ANY));
    }
}
