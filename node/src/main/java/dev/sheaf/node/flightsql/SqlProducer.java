package dev.sheaf.node.flightsql;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;

import dev.sheaf.kernel.Problem;
import dev.sheaf.kernel.ProblemCode;
import dev.sheaf.node.identity.Scope;
import dev.sheaf.query.ParameterValue;
import dev.sheaf.query.QueryShape;

import org.apache.arrow.flight.Action;
import org.apache.arrow.flight.CancelFlightInfoRequest;
import org.apache.arrow.flight.CancelStatus;
import org.apache.arrow.flight.Criteria;
import org.apache.arrow.flight.FlightDescriptor;
import org.apache.arrow.flight.FlightEndpoint;
import org.apache.arrow.flight.FlightInfo;
import org.apache.arrow.flight.FlightStream;
import org.apache.arrow.flight.PutResult;
import org.apache.arrow.flight.Result;
import org.apache.arrow.flight.SchemaResult;
import org.apache.arrow.flight.Ticket;
import org.apache.arrow.flight.sql.FlightSqlProducer;
import org.apache.arrow.flight.sql.FlightSqlUtils;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionBeginTransactionResult;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionClosePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementRequest;
import org.apache.arrow.flight.sql.impl.FlightSql.ActionCreatePreparedStatementResult;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCatalogs;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetCrossReference;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetExportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetImportedKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetPrimaryKeys;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetSqlInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTableTypes;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetXdbcTypeInfo;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandPreparedStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementQuery;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementUpdate;
import org.apache.arrow.flight.sql.impl.FlightSql.TicketStatementQuery;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/// The protocol's commands, each handed to whoever answers it. Each call has a thread of its own,
/// which may wait.
final class SqlProducer implements FlightSqlProducer {
    private static final long UNKNOWN = -1;

    private final SqlStatements statements;
    private final SqlMetadata metadata;
    private final SqlInfoBuilder facts;
    private final Handles<PreparedQuery> prepared;
    private final Handles<PlannedQuery> planned;
    private final Executor calls;

    /// @param calls has a thread for each stream, which may wait
    SqlProducer(
            SqlStatements statements,
            SqlMetadata metadata,
            SqlInfoBuilder facts,
            Handles<PreparedQuery> prepared,
            Handles<PlannedQuery> planned,
            Executor calls) {
        this.statements = statements;
        this.metadata = metadata;
        this.facts = facts;
        this.prepared = prepared;
        this.planned = planned;
        this.calls = calls;
    }

    // How calls come in, and how what fails is told.

    private static <T> T told(Supplier<T> call) {
        try {
            return call.get();
        } catch (RuntimeException e) {
            throw SqlProblems.told(e, SqlCaller.current().requestId());
        }
    }

    @Override
    public FlightInfo getFlightInfo(CallContext context, FlightDescriptor descriptor) {
        return told(() -> FlightSqlProducer.super.getFlightInfo(context, command(descriptor)));
    }

    @Override
    public SchemaResult getSchema(CallContext context, FlightDescriptor descriptor) {
        return told(() -> FlightSqlProducer.super.getSchema(context, command(descriptor)));
    }

    /// @throws Problem BAD_REQUEST for a path, which says nothing here
    private static FlightDescriptor command(FlightDescriptor descriptor) {
        if (!descriptor.isCommand()) {
            throw new Problem(
                    ProblemCode.BAD_REQUEST,
                    "this is a Flight SQL server, which is asked by commands and not by paths");
        }
        return descriptor;
    }

    @Override
    public void getStream(CallContext context, Ticket ticket, ServerStreamListener listener) {
        AwaitedListener awaited = new AwaitedListener(listener);
        calls.execute(() -> stream(context, ticket, awaited));
    }

    private void stream(CallContext context, Ticket ticket, ServerStreamListener listener) {
        try {
            FlightSqlProducer.super.getStream(context, ticket, listener);
        } catch (RuntimeException e) {
            listener.error(SqlProblems.told(e, SqlCaller.current().requestId()));
        }
    }

    @Override
    public Runnable acceptPut(
            CallContext context, FlightStream stream, StreamListener<PutResult> listener) {
        return () -> {
            try {
                told(() -> FlightSqlProducer.super.acceptPut(context, stream, listener)).run();
                listener.onCompleted();
            } catch (RuntimeException e) {
                listener.onError(SqlProblems.told(e, SqlCaller.current().requestId()));
            }
        };
    }

    @Override
    public void doAction(CallContext context, Action action, StreamListener<Result> listener) {
        try {
            FlightSqlProducer.super.doAction(context, action, listener);
        } catch (RuntimeException e) {
            listener.onError(SqlProblems.told(e, SqlCaller.current().requestId()));
        }
    }

    @Override
    public void listFlights(
            CallContext context, Criteria criteria, StreamListener<FlightInfo> listener) {
        listener.onCompleted(); // tables are listed by a command
    }

    // Statements.

    @Override
    public FlightInfo getFlightInfoStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller caller = SqlCaller.current();
        refuseTransaction(command.hasTransactionId());
        QueryShape shape = statements.shape(caller, command.getQuery(), List.of());
        return planned(caller, command.getQuery(), List.of(), shape, descriptor);
    }

    @Override
    public SchemaResult getSchemaStatement(
            CommandStatementQuery command, CallContext context, FlightDescriptor descriptor) {
        return new SchemaResult(
                statements.shape(SqlCaller.current(), command.getQuery(), List.of()).columns());
    }

    @Override
    public void getStreamStatement(
            TicketStatementQuery ticket, CallContext context, ServerStreamListener listener) {
        SqlCaller caller = SqlCaller.current();
        statements.send(caller, planned.get(caller, ticket.getStatementHandle()), listener);
    }

    private FlightInfo planned(
            SqlCaller caller,
            String sql,
            List<ParameterValue> values,
            QueryShape shape,
            FlightDescriptor descriptor) {
        ByteString handle = planned.keep(caller, new PlannedQuery(sql, values));
        return info(
                shape.columns(),
                TicketStatementQuery.newBuilder().setStatementHandle(handle).build(),
                descriptor);
    }

    @Override
    public void createPreparedStatement(
            ActionCreatePreparedStatementRequest request,
            CallContext context,
            StreamListener<Result> listener) {
        SqlCaller caller = SqlCaller.current();
        refuseTransaction(request.hasTransactionId());
        QueryShape shape = statements.shape(caller, request.getQuery(), List.of());
        ByteString handle = prepared.keep(caller, new PreparedQuery(request.getQuery(), shape));
        listener.onNext(
                new Result(
                        Any.pack(
                                        ActionCreatePreparedStatementResult.newBuilder()
                                                .setPreparedStatementHandle(handle)
                                                .setDatasetSchema(bytes(shape.columns()))
                                                .setParameterSchema(
                                                        bytes(BoundTypes.of(shape.parameters())))
                                                .build())
                                .toByteArray()));
        listener.onCompleted();
    }

    @Override
    public void closePreparedStatement(
            ActionClosePreparedStatementRequest request,
            CallContext context,
            StreamListener<Result> listener) {
        prepared.remove(SqlCaller.current(), request.getPreparedStatementHandle());
        listener.onCompleted();
    }

    @Override
    public Runnable acceptPutPreparedStatementQuery(
            CommandPreparedStatementQuery command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        SqlCaller caller = SqlCaller.current();
        return () ->
                prepared.get(caller, command.getPreparedStatementHandle())
                        .bind(ParameterReader.read(stream));
    }

    @Override
    public FlightInfo getFlightInfoPreparedStatement(
            CommandPreparedStatementQuery command,
            CallContext context,
            FlightDescriptor descriptor) {
        SqlCaller caller = SqlCaller.current();
        PreparedQuery query = prepared.get(caller, command.getPreparedStatementHandle());
        List<ParameterValue> values = query.values();
        return planned(caller, query.sql(), values, shape(caller, query, values), descriptor);
    }

    @Override
    public SchemaResult getSchemaPreparedStatement(
            CommandPreparedStatementQuery command,
            CallContext context,
            FlightDescriptor descriptor) {
        SqlCaller caller = SqlCaller.current();
        PreparedQuery query = prepared.get(caller, command.getPreparedStatementHandle());
        return new SchemaResult(shape(caller, query, query.values()).columns());
    }

    /// What is bound may be of other types than expected, and the answer's columns with it.
    private QueryShape shape(SqlCaller caller, PreparedQuery query, List<ParameterValue> values) {
        return query.hasParameters() && !values.isEmpty()
                ? statements.shape(caller, query.sql(), values)
                : query.shape();
    }

    @Override
    public void getStreamPreparedStatement(
            CommandPreparedStatementQuery command,
            CallContext context,
            ServerStreamListener listener) {
        SqlCaller caller = SqlCaller.current();
        PreparedQuery query = prepared.get(caller, command.getPreparedStatementHandle());
        statements.send(caller, new PlannedQuery(query.sql(), query.values()), listener);
    }

    @Override
    public void cancelFlightInfo(
            CancelFlightInfoRequest request,
            CallContext context,
            StreamListener<CancelStatus> listener) {
        SqlCaller caller = SqlCaller.current();
        boolean isAny = false;
        for (FlightEndpoint endpoint : request.getInfo().getEndpoints()) {
            Any ticket = FlightSqlUtils.parseOrThrow(endpoint.getTicket().getBytes());
            if (ticket.is(TicketStatementQuery.class)) {
                ByteString handle =
                        FlightSqlUtils.unpackOrThrow(ticket, TicketStatementQuery.class)
                                .getStatementHandle();
                Optional<PlannedQuery> query = planned.remove(caller, handle);
                query.ifPresent(known -> statements.cancel(caller, known));
                isAny |= query.isPresent();
            }
        }
        listener.onNext(isAny ? CancelStatus.CANCELLED : CancelStatus.NOT_CANCELLABLE);
        listener.onCompleted();
    }

    // What is refused.

    private static void refuseTransaction(boolean isIn) {
        if (isIn) {
            throw SqlProblems.readOnly("a transaction");
        }
    }

    @Override
    public void beginTransaction(
            ActionBeginTransactionRequest request,
            CallContext context,
            StreamListener<ActionBeginTransactionResult> listener) {
        throw SqlProblems.readOnly("a transaction");
    }

    @Override
    public Runnable acceptPutStatement(
            CommandStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        throw SqlProblems.readOnly("an update");
    }

    @Override
    public Runnable acceptPutPreparedStatementUpdate(
            CommandPreparedStatementUpdate command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        throw SqlProblems.readOnly("an update");
    }

    @Override
    public Runnable acceptPutStatementBulkIngest(
            CommandStatementIngest command,
            CallContext context,
            FlightStream stream,
            StreamListener<PutResult> listener) {
        throw SqlProblems.readOnly("loading rows");
    }

    // What there is.

    @Override
    public FlightInfo getFlightInfoSqlInfo(
            CommandGetSqlInfo command, CallContext context, FlightDescriptor descriptor) {
        return info(Schemas.GET_SQL_INFO_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamSqlInfo(
            CommandGetSqlInfo command, CallContext context, ServerStreamListener listener) {
        facts.send(command.getInfoList(), listener);
    }

    @Override
    public FlightInfo getFlightInfoTypeInfo(
            CommandGetXdbcTypeInfo command, CallContext context, FlightDescriptor descriptor) {
        return info(Schemas.GET_TYPE_INFO_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamTypeInfo(
            CommandGetXdbcTypeInfo command, CallContext context, ServerStreamListener listener) {
        metadata.types(command, listener);
    }

    @Override
    public FlightInfo getFlightInfoCatalogs(
            CommandGetCatalogs command, CallContext context, FlightDescriptor descriptor) {
        return info(Schemas.GET_CATALOGS_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamCatalogs(CallContext context, ServerStreamListener listener) {
        metadata.catalogs(listener);
    }

    @Override
    public FlightInfo getFlightInfoSchemas(
            CommandGetDbSchemas command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(Schemas.GET_SCHEMAS_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamSchemas(
            CommandGetDbSchemas command, CallContext context, ServerStreamListener listener) {
        metadata.schemas(SqlCaller.current(), command, listener);
    }

    @Override
    public FlightInfo getFlightInfoTables(
            CommandGetTables command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(SqlMetadata.schema(command), command, descriptor);
    }

    @Override
    public void getStreamTables(
            CommandGetTables command, CallContext context, ServerStreamListener listener) {
        metadata.tables(SqlCaller.current(), command, listener);
    }

    @Override
    public FlightInfo getFlightInfoTableTypes(
            CommandGetTableTypes command, CallContext context, FlightDescriptor descriptor) {
        return info(Schemas.GET_TABLE_TYPES_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamTableTypes(CallContext context, ServerStreamListener listener) {
        metadata.tableTypes(listener);
    }

    @Override
    public FlightInfo getFlightInfoPrimaryKeys(
            CommandGetPrimaryKeys command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(Schemas.GET_PRIMARY_KEYS_SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamPrimaryKeys(
            CommandGetPrimaryKeys command, CallContext context, ServerStreamListener listener) {
        metadata.primaryKeys(SqlCaller.current(), command, listener);
    }

    @Override
    public FlightInfo getFlightInfoExportedKeys(
            CommandGetExportedKeys command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(KeyRows.SCHEMA, command, descriptor);
    }

    @Override
    public FlightInfo getFlightInfoImportedKeys(
            CommandGetImportedKeys command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(KeyRows.SCHEMA, command, descriptor);
    }

    @Override
    public FlightInfo getFlightInfoCrossReference(
            CommandGetCrossReference command, CallContext context, FlightDescriptor descriptor) {
        SqlCaller.current().require(Scope.CATALOG_READ);
        return info(KeyRows.SCHEMA, command, descriptor);
    }

    @Override
    public void getStreamExportedKeys(
            CommandGetExportedKeys command, CallContext context, ServerStreamListener listener) {
        metadata.exportedKeys(SqlCaller.current(), command, listener);
    }

    @Override
    public void getStreamImportedKeys(
            CommandGetImportedKeys command, CallContext context, ServerStreamListener listener) {
        metadata.importedKeys(SqlCaller.current(), command, listener);
    }

    @Override
    public void getStreamCrossReference(
            CommandGetCrossReference command, CallContext context, ServerStreamListener listener) {
        metadata.crossReference(SqlCaller.current(), command, listener);
    }

    private static FlightInfo info(Schema schema, Message ticket, FlightDescriptor descriptor) {
        FlightEndpoint endpoint = new FlightEndpoint(new Ticket(Any.pack(ticket).toByteArray()));
        return new FlightInfo(schema, descriptor, List.of(endpoint), UNKNOWN, UNKNOWN);
    }

    private static ByteString bytes(Schema schema) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            MessageSerializer.serialize(new WriteChannel(Channels.newChannel(out)), schema);
        } catch (IOException e) {
            throw new UncheckedIOException("memory", e);
        }
        return ByteString.copyFrom(out.toByteArray());
    }

    @Override
    public void close() {
        // holds nothing that ends with it
    }
}
