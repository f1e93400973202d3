package dev.sheaf.rego.engine;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes one class of a chain of steps that is run often. It does what the chain does; what has no
/// code of its own is called as before. The class goes when nothing refers to it any more.
final class Weaver {
    /// The machine leaves longer methods to its interpreter.
    private static final int CODE_BYTES_MAX = 7_500;

    private static final String RUN = "run";
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final ClassDesc OWNER =
            ClassDesc.of(Weaver.class.getPackageName(), "WovenChain");
    private static final ClassDesc STEP = Weaving.desc(Step.class);
    private static final ClassDesc LIST = Weaving.desc(List.class);
    private static final ClassDesc LOOKUPS = Weaving.desc(MethodHandles.Lookup.class);
    private static final ClassDesc HANDLES = Weaving.desc(MethodHandles.class);
    private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);

    private Weaver() {}

    /// Empty when the chain is too long.
    static Optional<Step> woven(Step chain) {
        List<Object> constants = new ArrayList<>();
        ClassFile files =
                ClassFile.of(
                        ClassFile.ClassHierarchyResolverOption.of(
                                ClassHierarchyResolver.ofClassLoading(LOOKUP)));
        byte[] bytes;
        try {
            bytes = files.build(OWNER, type -> write(type, chain, constants));
        } catch (IllegalArgumentException tooLarge) {
            return Optional.empty();
        }
        return codeBytes(files, bytes) > CODE_BYTES_MAX
                ? Optional.empty()
                : Optional.of(instance(bytes, constants));
    }

    private static int codeBytes(ClassFile files, byte[] bytes) {
        for (MethodModel method : files.parse(bytes).methods()) {
            if (method.methodName().equalsString(RUN)
                    && method.code().orElseThrow() instanceof CodeAttribute code) {
                return code.codeLength();
            }
        }
        throw new IllegalStateException("a woven chain without code");
    }

    private static Step instance(byte[] bytes, List<Object> constants) {
        try {
            MethodHandles.Lookup woven =
                    LOOKUP.defineHiddenClassWithClassData(bytes, List.copyOf(constants), true);
            return (Step) woven.lookupClass().getDeclaredConstructor().newInstance();
        } catch (InstantiationException
                | IllegalAccessException
                | NoSuchMethodException
                | InvocationTargetException e) {
            throw new IllegalStateException("a chain was woven wrongly", e);
        }
    }

    /// The code comes first: it says which constants there are.
    private static void write(ClassBuilder type, Step chain, List<Object> constants) {
        type.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER).withSuperclass(STEP);
        type.withMethodBody(
                RUN,
                MethodTypeDesc.of(Weaving.BOOLEAN, Weaving.FRAME),
                0,
                code -> run(code, chain, constants));
        for (int i = 0; i < constants.size(); i++) {
            type.withField(
                    Weaving.constantName(i),
                    Weaving.constantType(constants.get(i)),
                    ClassFile.ACC_STATIC | ClassFile.ACC_FINAL);
        }
        type.withMethodBody(
                ConstantDescs.CLASS_INIT_NAME,
                NOTHING,
                ClassFile.ACC_STATIC,
                code -> fill(code, constants));
        type.withMethodBody(
                ConstantDescs.INIT_NAME,
                NOTHING,
                0,
                code ->
                        code.aload(0)
                                .invokespecial(STEP, ConstantDescs.INIT_NAME, NOTHING)
                                .return_());
    }

    /// May be called twice, when jumps turn out to be far.
    private static void run(CodeBuilder code, Step chain, List<Object> constants) {
        constants.clear();
        Label failed = code.newLabel();
        chain.weave(new Weaving(OWNER, code, constants), failed);
        code.labelBinding(failed).iconst_0().ireturn();
    }

    /// The constants of the class are those that it is defined with.
    private static void fill(CodeBuilder code, List<Object> constants) {
        code.invokestatic(HANDLES, "lookup", MethodTypeDesc.of(LOOKUPS))
                .loadConstant(ConstantDescs.DEFAULT_NAME)
                .loadConstant(LIST)
                .invokestatic(
                        HANDLES,
                        "classData",
                        MethodTypeDesc.of(
                                ConstantDescs.CD_Object,
                                LOOKUPS,
                                ConstantDescs.CD_String,
                                ConstantDescs.CD_Class))
                .checkcast(LIST)
                .astore(0);
        for (int i = 0; i < constants.size(); i++) {
            ClassDesc constantType = Weaving.constantType(constants.get(i));
            code.aload(0)
                    .loadConstant(i)
                    .invokeinterface(
                            LIST,
                            "get",
                            MethodTypeDesc.of(ConstantDescs.CD_Object, ConstantDescs.CD_int))
                    .checkcast(constantType)
                    .putstatic(OWNER, Weaving.constantName(i), constantType);
        }
        code.return_();
    }
}
