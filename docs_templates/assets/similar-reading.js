/* What somebody plans, out of the text that they paste: a document, a schema, an example, a name.
   Nothing of it leaves the page. */
(function (scope) {
  "use strict";
  const SCHEMA_WORDS = ["$schema", "$id", "$ref", "$defs", "definitions", "properties", "allOf", "anyOf", "oneOf"];
  const TYPES = new Set(["object", "array", "string", "number", "integer", "boolean", "null"]);
  const AVRO_NUMBERS = { int: "integer", long: "integer", float: "number", double: "number", bytes: "string", string: "string", boolean: "boolean", null: "null" };
  const PROTO_SCALARS = {
    double: "number", float: "number", int32: "integer", int64: "integer", uint32: "integer", uint64: "integer", sint32: "integer", sint64: "integer",
    fixed32: "integer", fixed64: "integer", sfixed32: "integer", sfixed64: "integer", bool: "boolean", string: "string", bytes: "string",
  };
  const DEEPEST = 12;
  const MOST = 2000;
  const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

  /** Collects fields; a field of several variants is there once. */
  class Fields {
    constructor() { this.found = new Map(); }

    add(path, type, required) {
      const known = this.found.get(path);
      if (known) known.required = known.required && required;
      else if (this.found.size < MOST) this.found.set(path, { path, type, required });
    }

    get list() { return [...this.found.values()]; }
  }

  function resolved(root, value) {
    let here = value;
    for (let step = 0; step < 20 && isMap(here) && typeof here.$ref === "string"; step += 1) {
      if (!here.$ref.startsWith("#")) return {};
      here = here.$ref.slice(1).split("/").filter(Boolean).reduce(
        (inside, part) => (inside === null || inside === undefined ? inside
          : inside[decodeURIComponent(part).replace(/~1/g, "/").replace(/~0/g, "~")]), root);
    }
    return here;
  }

  /* ---- JSON Schema ---- */

  function fieldsOfSchema(root, schema) {
    const fields = new Fields();
    inSchema(fields, root, schema, "", []);
    return fields.list;
  }

  function inSchema(fields, root, given, path, above, optional) {
    const schema = resolved(root, given);
    if (!isMap(schema) || above.includes(schema) || above.length > DEEPEST) return;
    const inside = [...above, schema];
    const required = new Set(Array.isArray(schema.required) ? schema.required : []);
    for (const [name, own] of Object.entries(isMap(schema.properties) ? schema.properties : {})) {
      const inner = resolved(root, own);
      const here = path ? `${path}.${name}` : name;
      fields.add(here, typeOf(root, inner), required.has(name) && !optional);
      below(fields, root, inner, here, inside);
    }
    for (const part of schema.allOf || []) inSchema(fields, root, part, path, inside, optional);
    for (const part of [...(schema.oneOf || []), ...(schema.anyOf || [])]) inSchema(fields, root, part, path, inside, true);
    if (schema.items && !path) inSchema(fields, root, Array.isArray(schema.items) ? schema.items[0] : schema.items, "[]", inside);
    if (isMap(schema.additionalProperties) && !path) inSchema(fields, root, schema.additionalProperties, "{}", inside);
  }

  function below(fields, root, schema, path, above) {
    if (!isMap(schema)) return;
    const items = Array.isArray(schema.items) ? schema.items[0] : schema.items;
    if (items) inSchema(fields, root, items, `${path}[]`, above);
    else if (isMap(schema.additionalProperties) && !schema.properties) inSchema(fields, root, schema.additionalProperties, `${path}{}`, above);
    else inSchema(fields, root, schema, path, above);
  }

  function typeOf(root, schema) {
    if (!isMap(schema)) return "any";
    const kinds = Array.isArray(schema.type) ? schema.type.filter((each) => each !== "null") : [schema.type];
    const [kind] = kinds;
    if (kind === "array" || schema.items) return "array";
    if (typeof kind === "string") return schema.format ? `${kind} (${schema.format})` : kind;
    if (schema.properties || schema.allOf) return "object";
    const values = schema.enum || ("const" in schema ? [schema.const] : []);
    if (values.length) return typeof values[0] === "number" ? "number" : typeof values[0];
    const variant = [...(schema.oneOf || []), ...(schema.anyOf || [])].map((each) => resolved(root, each))
      .find((each) => isMap(each) && each.type !== "null");
    return variant ? typeOf(root, variant) : "any";
  }

  /* ---- examples ---- */

  function schemaOf(value) {
    if (Array.isArray(value)) {
      const each = value.map(schemaOf);
      const objects = each.length && each.every((own) => own.type === "object");
      return { type: "array", ...(each.length ? { items: objects ? { type: "object", properties: Object.assign({}, ...each.map((own) => own.properties)) } : each[0] } : {}) };
    }
    if (isMap(value)) return { type: "object", properties: Object.fromEntries(Object.entries(value).map(([name, own]) => [name, schemaOf(own)])) };
    if (value === null) return {};
    return { type: typeof value === "number" ? (Number.isInteger(value) ? "integer" : "number") : typeof value };
  }

  /* ---- Avro ---- */

  function fieldsOfAvro(schema) {
    const fields = new Fields();
    const known = {};
    const learn = (own) => {
      if (Array.isArray(own)) own.forEach(learn);
      else if (isMap(own)) {
        if (own.name) { known[own.name] = own; known[String(own.name).split(".").pop()] = own; }
        for (const part of [own.items, own.values, isMap(own.type) || Array.isArray(own.type) ? own.type : null]) if (part) learn(part);
        (Array.isArray(own.fields) ? own.fields : []).forEach((field) => learn(field.type));
      }
    };
    learn(schema);
    const named = (own) => (typeof own === "string" && known[own] ? known[own] : own);
    const plain = (own) => {
      const members = Array.isArray(own) ? own.map(named).filter((each) => each !== "null") : [named(own)];
      const first = members[0];
      return isMap(first) && isMap(first.type) && !first.name ? first.type : first;
    };
    const told = (own) => {
      const type = plain(own);
      if (typeof type === "string") return AVRO_NUMBERS[type] || type;
      if (!isMap(type)) return "any";
      if (type.type === "array") return "array";
      if (type.type === "map" || type.type === "record") return "object";
      if (type.type === "enum" || type.type === "fixed") return "string";
      if (type.logicalType && /^(?:timestamp|date|time|uuid|local)/.test(type.logicalType)) return "string";
      return AVRO_NUMBERS[type.type] || "any";
    };
    const into = (own, path, above) => {
      const members = Array.isArray(own) ? own.map(named) : [plain(own)];
      for (const type of members) {
        if (!isMap(type) || above.includes(type) || above.length > DEEPEST) continue;
        if (type.type === "array") into(type.items, `${path}[]`, [...above, type]);
        else if (type.type === "map") into(type.values, `${path}{}`, [...above, type]);
        else for (const field of Array.isArray(type.fields) ? type.fields : []) {
          const here = path ? `${path}.${field.name}` : field.name;
          fields.add(here, told(field.type), !("default" in field));
          into(field.type, here, [...above, type]);
        }
      }
    };
    into(Array.isArray(schema) ? schema[schema.length - 1] : schema, "", []);
    return fields.list;
  }

  /* ---- Protobuf ---- */

  function ofProtobuf(text) {
    const tokens = text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, " ").match(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\w.]+|[^\s\w]/g) || [];
    const messages = {};
    const order = [];
    let at = 0;
    const skip = () => {
      for (let depth = 0; at < tokens.length; at += 1) {
        if ("{[(".includes(tokens[at])) depth += 1;
        else if ("}])".includes(tokens[at])) { depth -= 1; if (!depth && tokens[at] === "}") { at += 1; return; } }
        else if (tokens[at] === ";" && !depth) { at += 1; return; }
      }
    };
    const body = (name) => {
      const own = [];
      messages[name] = own;
      while (at < tokens.length && tokens[at] !== "}") {
        const word = tokens[at];
        if (word === "message" && tokens[at + 2] === "{") { const inner = tokens[at + 1]; at += 3; body(inner); }
        else if (word === "enum" && tokens[at + 2] === "{") { messages[tokens[at + 1]] = null; skip(); }
        else if (word === "oneof" && tokens[at + 2] === "{") { at += 3; while (at < tokens.length && tokens[at] !== "}") field(own, false); at += 1; }
        else if (["option", "reserved", "extensions", "extend", ";"].includes(word)) skip();
        else field(own, true);
      }
      at += 1;
    };
    const field = (own) => {
      let label = "";
      if (["optional", "repeated", "required"].includes(tokens[at])) { label = tokens[at]; at += 1; }
      if (tokens[at] === "map" && tokens[at + 1] === "<") {
        own.push({ name: tokens[at + 6], type: tokens[at + 4], step: "{}", required: false });
      } else if (/^[\w.]+$/.test(tokens[at + 1] || "") && tokens[at + 2] === "=") {
        own.push({ name: tokens[at + 1], type: tokens[at], step: label === "repeated" ? "[]" : "", required: label === "required" });
      }
      skip();
    };
    while (at < tokens.length) {
      if (tokens[at] === "message" && tokens[at + 2] === "{") { const name = tokens[at + 1]; at += 3; order.push(name); body(name); }
      else skip();
    }
    const fields = new Fields();
    const into = (name, path, above) => {
      for (const own of messages[name] || []) {
        const type = own.type.split(".").pop();
        const here = path ? `${path}.${own.name}` : own.name;
        const isMessage = Array.isArray(messages[type]);
        const told = PROTO_SCALARS[type] || (type === "Timestamp" || type === "Duration" || messages[type] === null ? "string" : "object");
        fields.add(here, own.step === "[]" ? "array" : own.step ? "object" : told, own.required);
        if (isMessage && !above.includes(type) && above.length < DEEPEST) into(type, here + own.step, [...above, type]);
      }
    };
    const used = new Set(Object.values(messages).flatMap((own) => (own || []).map((each) => each.type.split(".").pop())));
    const root = order.filter((name) => !used.has(name)).pop() || order[0];
    if (!root) return [];
    into(root, "", [root]);
    return [{ name: root, fields: fields.list }];
  }

  /* ---- AsyncAPI ---- */

  function ofDocument(root) {
    const drafts = new Map();
    const add = (given, key) => {
      const message = resolved(root, given);
      if (!isMap(message)) return;
      if (Array.isArray(message.oneOf)) { message.oneOf.forEach((each) => add(each, "")); return; }
      const target = isMap(given) && typeof given.$ref === "string" ? given.$ref.split("/").pop() : "";
      const name = String(message.name || message.messageId || target || key || (isMap(message.payload) && message.payload.title) || "");
      const payload = resolved(root, message.payload);
      const wrapped = isMap(payload) && "schema" in payload && "schemaFormat" in payload;
      const format = String((wrapped ? payload.schemaFormat : message.schemaFormat) || "");
      const schema = wrapped ? resolved(root, payload.schema) : payload;
      drafts.set(JSON.stringify([name, drafts.size && name ? "" : drafts.size]), { name, fields: fieldsOf(root, schema, format) });
    };
    for (const given of Object.values(isMap(root.channels) ? root.channels : {})) {
      const channel = resolved(root, given);
      if (!isMap(channel)) continue;
      for (const [key, message] of Object.entries(isMap(channel.messages) ? channel.messages : {})) add(message, key);
      for (const verb of ["publish", "subscribe"]) {
        if (isMap(channel[verb]) && channel[verb].message) add(channel[verb].message, "");
      }
    }
    return [...drafts.values()];
  }

  function isAvro(value) {
    if (Array.isArray(value)) return value.some(isAvro);
    return isMap(value) && ((value.type === "record" && Array.isArray(value.fields)) || (value.type === "enum" && Array.isArray(value.symbols)));
  }

  function fieldsOf(root, schema, format) {
    if (typeof schema === "string") return /^\s*(?:syntax\s*=|message\s+\w+\s*\{)/m.test(schema) ? ofProtobuf(schema)[0].fields : [];
    if (/avro/i.test(format) || isAvro(schema)) return fieldsOfAvro(schema);
    return fieldsOfSchema(isMap(schema) && (schema.definitions || schema.$defs) && !root.asyncapi ? schema : root, schema);
  }

  function isSchema(value) {
    if (!isMap(value)) return false;
    return SCHEMA_WORDS.some((word) => word in value) ||
      (TYPES.has(value.type) && Object.values(value).every((each) => !Array.isArray(each)));
  }

  function parsed(text) {
    try { return JSON.parse(text); } catch (error) {
      if (/^\s*[{[]/.test(text)) {
        try { return scope.catalogYaml(text); } catch { throw error; }
      }
      return scope.catalogYaml(text);
    }
  }

  /** What a text plans: drafts, what it was taken for in words, or a problem in words. */
  scope.catalogReadPlan = function (text) {
    const trimmed = text.trim();
    if (!trimmed) return { drafts: [] };
    if (/^\s*(?:syntax\s*=\s*["']|message\s+\w+\s*\{|package\s+[\w.]+;)/m.test(text)) {
      const drafts = ofProtobuf(text);
      return drafts.length ? { drafts, as: "a Protobuf schema" } : { drafts: [], problem: "The Protobuf schema has no message." };
    }
    let value;
    try { value = parsed(text); } catch (error) {
      return trimmed.includes("\n") || /^[{[]/.test(trimmed)
        ? { drafts: [], problem: `This cannot be read as JSON, YAML or Protobuf: ${error.message}` }
        : { drafts: [{ name: trimmed, fields: [] }], as: "a name" };
    }
    if (!isMap(value) && !Array.isArray(value)) return { drafts: [{ name: trimmed.slice(0, 200), fields: [] }], as: "a name" };
    if (isMap(value) && "asyncapi" in value) {
      const drafts = ofDocument(value);
      return drafts.length ? { drafts, as: "an AsyncAPI document" } : { drafts: [], problem: "The document has no message in its channels." };
    }
    if (isAvro(value)) {
      const last = Array.isArray(value) ? value[value.length - 1] : value;
      return { drafts: [{ name: String(last.name || "").split(".").pop(), fields: fieldsOfAvro(value) }], as: "an Avro schema" };
    }
    if (isSchema(value)) {
      return { drafts: [{ name: typeof value.title === "string" ? value.title : "", fields: fieldsOfSchema(value, value) }], as: "a JSON Schema" };
    }
    return { drafts: [{ name: "", fields: fieldsOfSchema({}, schemaOf(value)) }], as: "an example of a payload" };
  };
})(typeof self === "undefined" ? globalThis : self);
