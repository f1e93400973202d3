package dev.sheaf.rego.engine;

import dev.sheaf.rego.value.Value;

import org.jspecify.annotations.Nullable;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The code of one chain of steps while it is written. Steps, terms and patterns write themselves,
/// each in the place where it is used, so that the machine sees straight code instead of a call to
/// somewhere for each of them.
///
/// * A step is written with an empty operand stack. What it does when it fails is to go to the
///   label that it is given; it writes what follows it, once.
/// * A term is written with an empty operand stack and leaves its value on it, or goes to the
///   label, with an empty stack, when it is undefined.
/// * A pattern is written with the value on the stack and takes it; it goes to the label, with an
///   empty stack, when the value does not fit.
final class Weaving {
    static final ClassDesc FRAME = desc(Frame.class);
    static final ClassDesc VALUE = desc(Value.class);
    static final ClassDesc BOOLEAN = ConstantDescs.CD_boolean;
    static final ClassDesc INT = ConstantDescs.CD_int;

    private static final ClassDesc SESSION = desc(Session.class);
    private static final ClassDesc CONTEXT = desc(Context.class);
    private static final ClassDesc WOVEN = desc(Woven.class);
    private static final int THIS_FRAME = 1;

    private final ClassDesc owner;
    private final CodeBuilder code;
    private final List<Object> constants;
    private final Map<Object, Integer> known = new IdentityHashMap<>();
    private @Nullable Label found;

    /// @param constants is given what the code needs: fields `c0`, `c1`… of the owner
    Weaving(ClassDesc owner, CodeBuilder code, List<Object> constants) {
        this.owner = owner;
        this.code = code;
        this.constants = constants;
    }

    static ClassDesc desc(Class<?> type) {
        return ClassDesc.ofDescriptor(type.descriptorString());
    }

    /// How constants are typed: values as any value, all else as what it is.
    static ClassDesc constantType(Object constant) {
        return constant instanceof Value ? VALUE : desc(constant.getClass());
    }

    static String constantName(int number) {
        return "c" + number;
    }

    CodeBuilder code() {
        return code;
    }

    Label label() {
        return code.newLabel();
    }

    int local() {
        return code.allocateLocal(TypeKind.REFERENCE);
    }

    int counter() {
        return code.allocateLocal(TypeKind.INT);
    }

    /// Pushes something that is known already.
    void constant(Object constant) {
        int number =
                known.computeIfAbsent(
                        constant,
                        each -> {
                            constants.add(each);
                            return constants.size() - 1;
                        });
        code.getstatic(owner, constantName(number), constantType(constant));
    }

    void frame() {
        code.aload(THIS_FRAME);
    }

    private void session() {
        frame();
        code.getfield(FRAME, "session", SESSION);
    }

    void context() {
        frame();
        code.getfield(FRAME, "context", CONTEXT);
    }

    /// Counts one step.
    void step() {
        session();
        code.invokevirtual(SESSION, "step", MethodTypeDesc.of(ConstantDescs.CD_void));
    }

    /// Pushes what a variable has.
    void slot(int slot) {
        frame();
        code.getfield(FRAME, "slots", VALUE.arrayType()).loadConstant(slot).aaload();
    }

    /// A variable takes the value on the stack.
    void bind(int slot) {
        int value = local();
        code.astore(value);
        frame();
        code.getfield(FRAME, "slots", VALUE.arrayType()).loadConstant(slot).aload(value).aastore();
    }

    /// The value on the stack goes into a local variable.
    int stored() {
        int value = local();
        code.astore(value);
        return value;
    }

    /// Takes what may be null from the stack, and leaves it there when it is not.
    void defined(Label undefined) {
        int value = stored();
        code.aload(value).ifnull(undefined).aload(value);
    }

    /// Calls a method of [Woven], whose arguments are on the stack.
    void call(String method, ClassDesc result, ClassDesc... arguments) {
        code.invokestatic(WOVEN, method, MethodTypeDesc.of(result, arguments));
    }

    /// Calls a method of a constant of that very class.
    void callOn(Class<?> type, String method, ClassDesc result, ClassDesc... arguments) {
        code.invokevirtual(desc(type), method, MethodTypeDesc.of(result, arguments));
    }

    /// Enough was found.
    void found() {
        Label there = found;
        if (there == null) {
            code.iconst_1().ireturn();
        } else {
            code.goto_(there);
        }
    }

    /// What is written for each place, from 0 to the number on the stack.
    interface Each {
        /// @param place the local variable that has it
        /// @param next where it goes on with the next one
        void write(int place, Label next);
    }

    /// Writes a loop.
    ///
    /// @param end where it goes after the last one
    void each(Label end, Each body) {
        int size = counter();
        int place = counter();
        Label test = label();
        Label next = label();
        code.istore(size).iconst_0().istore(place);
        code.labelBinding(test).iload(place).iload(size).if_icmpge(end);
        body.write(place, next);
        code.labelBinding(next).iinc(place, 1).goto_(test);
    }

    /// Writes a chain of which only is asked whether it succeeds.
    void inner(Step chain, Label succeeded, Label failed) {
        Label before = found;
        found = succeeded;
        chain.weave(this, failed);
        found = before;
    }

    /// Writes a chain that fails in the end, whatever it has gathered until then.
    void gathering(Step chain) {
        Label end = label();
        inner(chain, end, end);
        code.labelBinding(end);
    }

    /// Writes the values of terms into an array, which is left on the stack.
    void array(Getter[] terms, Label undefined) {
        List<Integer> values = new ArrayList<>();
        for (Getter term : terms) {
            term.weave(this, undefined);
            values.add(stored());
        }
        code.loadConstant(terms.length).anewarray(VALUE);
        for (int i = 0; i < terms.length; i++) {
            code.dup().loadConstant(i).aload(values.get(i)).aastore();
        }
    }

    /// Goes on when a value in a local variable is equal to a term's.
    void equality(int mine, Getter other, Label fail) {
        other.weave(this, fail);
        compare(stored(), other.constant(), mine);
        code.ifeq(fail);
    }

    /// @param constant what the left side always is, or null: its class knows how to compare
    private void compare(int left, @Nullable Value constant, int right) {
        code.aload(left);
        if (constant == null) {
            code.aload(right);
            call("same", BOOLEAN, VALUE, VALUE);
        } else {
            code.checkcast(desc(constant.getClass())).aload(right);
            callOn(constant.getClass(), "equals", BOOLEAN, ConstantDescs.CD_Object);
        }
    }

    /// Whether the values of two terms are equal; goes on when they are as wanted.
    void equality(Getter left, Getter right, boolean wanted, Label fail) {
        left.weave(this, fail);
        int mine = stored();
        right.weave(this, fail);
        int theirs = stored();
        if (right.constant() == null) {
            compare(mine, left.constant(), theirs);
        } else {
            compare(theirs, right.constant(), mine);
        }
        if (wanted) {
            code.ifeq(fail);
        } else {
            code.ifne(fail);
        }
    }
}
