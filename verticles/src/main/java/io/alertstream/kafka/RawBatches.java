package io.alertstream.kafka;

import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.ApiVersions;
import org.apache.kafka.clients.ClientRequest;
import org.apache.kafka.clients.ClientResponse;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.DefaultHostResolver;
import org.apache.kafka.clients.ManualMetadataUpdater;
import org.apache.kafka.clients.NetworkClient;
import org.apache.kafka.clients.NetworkClientUtils;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.LogContext;
import org.apache.kafka.common.utils.Time;

/**
 * Fetches single batches without unpacking them. Kafka's consumer can't: it unpacks a batch before its size is known.
 * For one thread, and for the rare batch that the consumer can't read.
 */
final class RawBatches implements AutoCloseable {

    /** The last version that uses topic names; later ones use topic ids. */
    private static final short VERSION = 12;

    private static final int WAIT_MILLIS = 500;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Metrics metrics = new Metrics();
    private final NetworkClient client;

    RawBatches(Map<String, Object> config) {
        ConsumerConfig parsed = new ConsumerConfig(ConsumerConfig.appendDeserializerToConfig(
                config, new ByteArrayDeserializer(), new ByteArrayDeserializer()));
        client = ClientUtils.createNetworkClient(
                parsed,
                "raw-batches",
                metrics,
                "raw-batches",
                new LogContext("[raw batches] "),
                new ApiVersions(),
                Time.SYSTEM,
                1,
                TIMEOUT_MILLIS,
                new ManualMetadataUpdater(),
                new DefaultHostResolver());
    }

    /**
     * The batch that contains an offset, or the next one after it.
     *
     * @return empty if there is none yet, or the offset is out of range
     * @throws org.apache.kafka.common.errors.ApiException if the leader can't be reached, or refuses
     */
    Optional<RecordBatch> read(TopicPartition partition, Node leader, long offset) {
        try {
            if (!NetworkClientUtils.awaitReady(client, leader, Time.SYSTEM, TIMEOUT_MILLIS)) {
                throw new DisconnectException("no connection to " + leader);
            }
            // One byte: the broker still sends one whole batch, and no second one.
            FetchRequest.Builder fetch = FetchRequest.Builder.forConsumer(
                            VERSION,
                            WAIT_MILLIS,
                            1,
                            Map.of(
                                    partition,
                                    new FetchRequest.PartitionData(
                                            Uuid.ZERO_UUID,
                                            offset,
                                            FetchRequest.INVALID_LOG_START_OFFSET,
                                            1,
                                            Optional.empty())))
                    .setMaxBytes(1);
            ClientRequest request = client.newClientRequest(leader.idString(), fetch, Time.SYSTEM.milliseconds(), true);
            return batch(NetworkClientUtils.sendAndReceive(client, request, Time.SYSTEM), offset);
        } catch (IOException e) {
            throw new DisconnectException("fetching " + partition + " from " + leader + ": " + e.getMessage(), e);
        }
    }

    private static Optional<RecordBatch> batch(ClientResponse response, long offset) {
        FetchResponseData data = ((FetchResponse) response.responseBody()).data();
        throwUnlessNone(data.errorCode());
        for (FetchResponseData.FetchableTopicResponse topic : data.responses()) {
            for (FetchResponseData.PartitionData found : topic.partitions()) {
                if (found.errorCode() == Errors.OFFSET_OUT_OF_RANGE.code()) {
                    return Optional.empty();
                }
                throwUnlessNone(found.errorCode());
                Iterator<? extends RecordBatch> batches =
                        FetchResponse.recordsOrFail(found).batches().iterator();
                while (batches.hasNext()) {
                    RecordBatch batch = batches.next();
                    if (batch.lastOffset() >= offset) {
                        return Optional.of(batch);
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void throwUnlessNone(short errorCode) {
        Errors error = Errors.forCode(errorCode);
        if (error != Errors.NONE) {
            throw error.exception();
        }
    }

    @Override
    public void close() {
        client.close();
        metrics.close();
    }
}
