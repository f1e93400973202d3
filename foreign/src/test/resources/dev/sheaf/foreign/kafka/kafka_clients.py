"""Stock producers and consumers of confluent-kafka with its Avro, JSON Schema and Protobuf serialisers.

Arguments: address of the broker, addresses of the registries of two regions, token. What is written by way of the first
is read by way of the second. Prints one line for each that worked.
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
broker, first, second, token = sys.argv[1:5]
writing = {"url": first, "basic.auth.user.info": "producer:" + token}
reading = {"url": second, "basic.auth.user.info": "consumer:" + token}


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


# Each side has a client of its own, so that the reader must ask its registry for the writer's schema.
exchange(
    "avro-clicks",
    AvroSerializer(SchemaRegistryClient(writing), avro(FIELDS)),
    AvroDeserializer(SchemaRegistryClient(reading)),
    lambda number: {"page": "Seite ☃ %d" % number, "hits": number},
)

wider = FIELDS + [{"name": "at", "type": ["null", "long"], "default": None}]
exchange(
    "avro-evolved",
    AvroSerializer(SchemaRegistryClient(writing), avro(wider)),
    AvroDeserializer(SchemaRegistryClient(reading), avro(wider)),
    lambda number: {"page": "p", "hits": number, "at": None if number % 2 else number},
)



def json_schema(**more):
    return json.dumps(
        {
            "$schema": "http://json-schema.org/draft-07/schema#",
            "title": "Click",
            "type": "object",
            "properties": {"page": {"type": "string"}, "hits": {"type": "integer"}, **more.pop("properties", {})},
            "required": ["page"],
            **more,
        }
    )


exchange(
    "json-clicks",
    JSONSerializer(json_schema(), SchemaRegistryClient(writing)),
    JSONDeserializer(None, schema_registry_client=SchemaRegistryClient(reading)),
    lambda number: {"page": "p%d" % number, "hits": number},
)

# What is added had a type from the beginning, so that readers of either version read both.
counts = {"additionalProperties": {"type": "integer"}}
SchemaRegistryClient(writing).register_schema("json-evolved-value", Schema(json_schema(**counts), "JSON"))
exchange(
    "json-evolved",
    JSONSerializer(
        json_schema(properties={"at": {"type": "integer"}}, **counts), SchemaRegistryClient(writing)
    ),
    JSONDeserializer(json_schema(**counts), schema_registry_client=SchemaRegistryClient(reading)),
    lambda number: {"page": "p", "hits": number, "at": number},
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
    ProtobufSerializer(Click, SchemaRegistryClient(writing), {"use.deprecated.format": False}),
    ProtobufDeserializer(Click, {"use.deprecated.format": False}, SchemaRegistryClient(reading)),
    lambda number: Click(page="p%d" % number, hits=number),
)

client = SchemaRegistryClient(reading)


def refused(subject, schema, word):
    """The registry's no is the client's own exception, which says what breaks."""
    try:
        client.register_schema(subject, schema)
    except SchemaRegistryError as error:
        if error.http_status_code != 409 or word not in str(error):
            raise
        print("ok refused", subject, error.error_code, flush=True)
        return
    raise SystemExit(subject + ": a schema that breaks readers was taken")


refused("avro-clicks-value", Schema(avro(FIELDS + [{"name": "must", "type": "long"}]), "AVRO"), "must")
refused("json-clicks-value", Schema(json_schema(properties={"hits": {"type": "string"}}), "JSON"), "hits")
if not client.test_compatibility("avro-clicks-value", Schema(avro(wider), "AVRO")):
    raise SystemExit("a schema that breaks nobody would be refused")
if client.get_latest_version("avro-clicks-value").version != 1:
    raise SystemExit("there is another version than was registered")
print("ok subjects", " ".join(sorted(client.get_subjects())), flush=True)
