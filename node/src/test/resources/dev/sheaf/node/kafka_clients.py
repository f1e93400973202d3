"""Stock producers and consumers of confluent-kafka with its Avro, JSON Schema and Protobuf serialisers.

Arguments: address of the broker, address of the registry, token. Prints one line for each that worked.
"""
import json
import sys
import uuid

from confluent_kafka import Consumer, Producer
from confluent_kafka.schema_registry import Schema, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroDeserializer, AvroSerializer
from confluent_kafka.schema_registry.error import SchemaRegistryError
from confluent_kafka.schema_registry.json_schema import JSONDeserializer, JSONSerializer
from confluent_kafka.schema_registry.protobuf import ProtobufDeserializer, ProtobufSerializer
from confluent_kafka.serialization import MessageField, SerializationContext
from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

COUNT = 200
broker, address, token = sys.argv[1:4]
config = {"url": address, "basic.auth.user.info": "producer:" + token}


def exchange(topic, serialize, deserialize, make):
    """Sends and reads the messages; what comes back must be what was sent."""
    context = SerializationContext(topic, MessageField.VALUE)
    producer = Producer({"bootstrap.servers": broker, "linger.ms": 5})
    sent = [make(number) for number in range(COUNT)]
    for message in sent:
        producer.produce(topic, value=serialize(message, context))
    if producer.flush(30):
        raise SystemExit(topic + ": not all messages were taken by the broker")
    consumer = Consumer(
        {"bootstrap.servers": broker, "group.id": str(uuid.uuid4()), "auto.offset.reset": "earliest"}
    )
    consumer.subscribe([topic])
    received = []
    while len(received) < COUNT:
        message = consumer.poll(30)
        if message is None:
            raise SystemExit(topic + ": no message in time")
        if message.error():
            raise SystemExit(str(message.error()))
        if message.value()[0] != 0:
            raise SystemExit(topic + ": no message of the wire format")
        received.append(deserialize(message.value(), context))
    consumer.close()
    if received != sent:
        raise SystemExit(topic + ": what was read is not what was sent")
    print("ok", topic, len(received), flush=True)


FIELDS = [{"name": "page", "type": "string"}, {"name": "hits", "type": "long"}]


def avro(fields):
    return json.dumps({"type": "record", "name": "Click", "namespace": "shop", "fields": fields})


# Each side has a client of its own, so that the reader must ask the registry for the writer's schema.
exchange(
    "avro-clicks",
    AvroSerializer(SchemaRegistryClient(config), avro(FIELDS)),
    AvroDeserializer(SchemaRegistryClient(config)),
    lambda number: {"page": "Seite ☃ %d" % number, "hits": number},
)

wider = FIELDS + [{"name": "at", "type": ["null", "long"], "default": None}]
exchange(
    "avro-evolved",
    AvroSerializer(SchemaRegistryClient(config), avro(wider)),
    AvroDeserializer(SchemaRegistryClient(config), avro(wider)),
    lambda number: {"page": "p", "hits": number, "at": None if number % 2 else number},
)

json_schema = json.dumps(
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Click",
        "type": "object",
        "properties": {"page": {"type": "string"}, "hits": {"type": "integer"}},
        "required": ["page"],
    }
)
exchange(
    "json-clicks",
    JSONSerializer(json_schema, SchemaRegistryClient(config)),
    JSONDeserializer(None, schema_registry_client=SchemaRegistryClient(config)),
    lambda number: {"page": "p%d" % number, "hits": number},
)

proto = descriptor_pb2.FileDescriptorProto(name="click.proto", package="shop", syntax="proto3")
message = proto.message_type.add(name="Click")
kinds = descriptor_pb2.FieldDescriptorProto
message.field.add(name="page", number=1, type=kinds.TYPE_STRING, label=kinds.LABEL_OPTIONAL)
message.field.add(name="hits", number=2, type=kinds.TYPE_INT64, label=kinds.LABEL_OPTIONAL)
pool = descriptor_pool.DescriptorPool()
pool.Add(proto)
Click = message_factory.GetMessageClass(pool.FindMessageTypeByName("shop.Click"))
exchange(
    "proto-clicks",
    ProtobufSerializer(Click, SchemaRegistryClient(config), {"use.deprecated.format": False}),
    ProtobufDeserializer(Click, {"use.deprecated.format": False}, SchemaRegistryClient(config)),
    lambda number: Click(page="p%d" % number, hits=number),
)

client = SchemaRegistryClient(config)
try:
    client.register_schema(
        "avro-clicks-value", Schema(avro(FIELDS + [{"name": "must", "type": "long"}]), "AVRO")
    )
    raise SystemExit("a schema that breaks readers was taken")
except SchemaRegistryError as error:
    if error.http_status_code != 409 or "must" not in str(error):
        raise
    print("ok refused", error.error_code, flush=True)
if not client.test_compatibility("avro-clicks-value", Schema(avro(wider), "AVRO")):
    raise SystemExit("a schema that breaks nobody would be refused")
if client.get_latest_version("avro-clicks-value").version != 1:
    raise SystemExit("there is another version than was registered")
print("ok subjects", " ".join(sorted(client.get_subjects())), flush=True)
