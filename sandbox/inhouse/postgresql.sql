-- The programs of the in-house system as stored procedures of PostgreSQL; two dollars on a line part the statements.
-- Null leaves a column as it is, and a blank text empties it. Each answers with a number, a text and a key:
-- 0 done, 10 not there, 20 refused, 30 in use, 40 changed since it was seen, 50 written before under this reference.

CREATE OR REPLACE FUNCTION "FN_CELULA"(v text) RETURNS text LANGUAGE sql IMMUTABLE AS $f$
  SELECT coalesce(char_length(v) || ':' || v, '~')
$f$
$$
-- The state of a record as a digest of its cells: see sandbox.inhouse.versions
CREATE OR REPLACE FUNCTION "FN_VERSAO"(tabela text, chave text) RETURNS text LANGUAGE plpgsql AS $f$
DECLARE cells text; itens text;
BEGIN
  IF tabela = 'FORNECEDORES' THEN
    PERFORM 1 FROM "FORNECEDORES" WHERE "COD" = chave::integer FOR UPDATE;
    SELECT "FN_CELULA"("COD"::text) || "FN_CELULA"("NOME") || "FN_CELULA"("FANTASIA") || "FN_CELULA"("CPF_CNPJ")
        || "FN_CELULA"("ENDERECO") || "FN_CELULA"("CIDADE") || "FN_CELULA"("UF") || "FN_CELULA"("CEP")
        || "FN_CELULA"("PAIS") || "FN_CELULA"("EMAIL") || "FN_CELULA"("BANCO") || "FN_CELULA"("AGENCIA")
        || "FN_CELULA"("CONTA") || "FN_CELULA"("IBAN") || "FN_CELULA"("SITUACAO"::text)
      INTO cells FROM "FORNECEDORES" WHERE "COD" = chave::integer;
  ELSE
    PERFORM 1 FROM "PEDIDOS" WHERE "NUMERO" = chave FOR UPDATE;
    SELECT "FN_CELULA"("NUMERO") || "FN_CELULA"("COD_FORN") || "FN_CELULA"("DT_EMISSAO") || "FN_CELULA"("MOEDA")
        || "FN_CELULA"("STATUS"::text) || "FN_CELULA"("REF") || "FN_CELULA"("DT_INI") || "FN_CELULA"("DT_FIM")
        || "FN_CELULA"("EXCLUIDO"::text)
      INTO cells FROM "PEDIDOS" WHERE "NUMERO" = chave;
    SELECT string_agg("FN_CELULA"("SEQ"::text) || "FN_CELULA"("PRODUTO") || "FN_CELULA"("DESCRICAO")
        || "FN_CELULA"("UNID") || "FN_CELULA"("QTD") || "FN_CELULA"("QTD_REC") || "FN_CELULA"("QTD_FAT")
        || "FN_CELULA"("PRECO") || "FN_CELULA"("FATOR"::text) || "FN_CELULA"("TOTAL") || "FN_CELULA"("DT_ENTREGA")
        || "FN_CELULA"("SIT"::text), '' ORDER BY "SEQ")
      INTO itens FROM "PEDIDOS_ITENS" WHERE "NUMERO" = chave;
    cells := cells || itens;
  END IF;
  RETURN encode(sha256(convert_to(cells, 'UTF8')), 'hex');
END $f$
$$
-- A number as a text with a decimal comma, and back
CREATE OR REPLACE FUNCTION "FN_NUMERO"(v text) RETURNS numeric LANGUAGE sql IMMUTABLE AS $f$
  SELECT replace(replace(v, '.', ''), ',', '.')::numeric
$f$
$$
CREATE OR REPLACE FUNCTION "FN_TOTAL"(qtd text, preco text, fator integer, moeda text) RETURNS text
LANGUAGE sql IMMUTABLE AS $f$
  SELECT replace(round("FN_NUMERO"(qtd) * "FN_NUMERO"(preco) / fator,
    CASE moeda WHEN 'JPY' THEN 0 WHEN 'KWD' THEN 3 ELSE 2 END)::text, '.', ',')
$f$
$$
-- What comes before every write: the day, the reference, who edits the record, and whether it is as it was seen
CREATE OR REPLACE FUNCTION "FN_ENTRADA"(p_ref text, p_tabela text, p_chave text, p_vista text,
  OUT segue boolean, OUT ret integer, OUT msg text, OUT chave text) LANGUAGE plpgsql AS $f$
DECLARE dia text; quem text; versao text;
BEGIN
  segue := false; ret := 0;
  SELECT "VALOR" INTO dia FROM "PARAMETROS" WHERE "NOME" = 'DIA';
  IF dia = 'IMPASSE' THEN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = '40P01'; END IF;
  IF dia = 'DEFEITO' THEN RAISE EXCEPTION 'could not read block 17' USING ERRCODE = 'XX001'; END IF;
  SELECT r.key INTO chave FROM acl_ref r WHERE r.id = p_ref LIMIT 1;
  IF FOUND THEN ret := 50; msg := 'JA LANCADO'; RETURN; END IF;
  IF dia = 'FECHADO' THEN ret := 20; msg := 'PERIODO FECHADO'; RETURN; END IF;
  SELECT "USUARIO" INTO quem FROM "TRAVAS" WHERE "TABELA" = '*' OR ("TABELA" = p_tabela AND "CHAVE" = p_chave);
  IF FOUND THEN ret := 30; msg := 'EM USO POR ' || quem; RETURN; END IF;
  IF p_chave IS NOT NULL THEN
    versao := "FN_VERSAO"(p_tabela, p_chave);
    IF versao IS NULL THEN ret := 10; msg := 'NAO EXISTE ' || p_chave; RETURN; END IF;
    IF versao IS DISTINCT FROM p_vista THEN ret := 40; msg := 'ALTERADO DESDE A CONSULTA'; RETURN; END IF;
  END IF;
  chave := p_chave;
  IF dia = 'FINGE' THEN chave := coalesce(p_chave, '99999998'); RETURN; END IF;
  IF dia = 'ERRO' THEN msg := 'ERRO 1003: TABELA CHEIA'; chave := NULL; RETURN; END IF;
  IF dia = 'AVISO' THEN msg := 'AVISO: IMPRESSORA SEM PAPEL'; END IF;
  segue := true;
END $f$
$$
-- What comes after every write, in its transaction: the reference, and the sandbox's own book
CREATE OR REPLACE PROCEDURE "SP_SAIDA"(p_ref text, p_tabela text, p_chave text) LANGUAGE plpgsql AS $f$
BEGIN
  INSERT INTO acl_ref (id, "table", key) VALUES (p_ref, p_tabela, p_chave);
  INSERT INTO "DIARIO" ("REF", "TABELA", "CHAVE") VALUES (p_ref, p_tabela, p_chave);
  IF EXISTS (SELECT 1 FROM "PARAMETROS" WHERE "NOME" = 'DIA' AND "VALOR" = 'TARDE') THEN
    COMMIT;
    RAISE EXCEPTION 'ESTOURO DE INDICE';
  END IF;
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_FORNECEDOR_INCLUIR"(p_ref text, p_vista text, p_nome text, p_fantasia text,
  p_cpf_cnpj text, p_endereco text, p_cidade text, p_uf text, p_cep text, p_pais text, p_email text,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record;
BEGIN
  LOCK TABLE "FORNECEDORES" IN SHARE ROW EXCLUSIVE MODE;
  e := "FN_ENTRADA"(p_ref, 'FORNECEDORES', NULL, NULL); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  SELECT max("COD") + 1 INTO chave FROM "FORNECEDORES";
  INSERT INTO "FORNECEDORES" ("COD", "NOME", "FANTASIA", "CPF_CNPJ", "ENDERECO", "CIDADE", "UF", "CEP", "PAIS",
      "EMAIL", "SITUACAO", "DT_CAD")
    VALUES (chave::integer, p_nome, p_fantasia, p_cpf_cnpj, p_endereco, p_cidade, p_uf, p_cep, p_pais, p_email, 1,
      to_char(current_date, 'DD/MM/YYYY'));
  CALL "SP_SAIDA"(p_ref, 'FORNECEDORES', chave);
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_FORNECEDOR_ALTERAR"(p_ref text, p_vista text, p_cod integer, p_nome text,
  p_fantasia text, p_endereco text, p_cidade text, p_uf text, p_cep text, p_pais text, p_email text,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record;
BEGIN
  e := "FN_ENTRADA"(p_ref, 'FORNECEDORES', p_cod::text, p_vista); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  UPDATE "FORNECEDORES" SET "NOME" = coalesce(p_nome, "NOME"), "FANTASIA" = coalesce(p_fantasia, "FANTASIA"),
      "ENDERECO" = coalesce(p_endereco, "ENDERECO"), "CIDADE" = coalesce(p_cidade, "CIDADE"),
      "UF" = coalesce(p_uf, "UF"), "CEP" = coalesce(p_cep, "CEP"), "PAIS" = coalesce(p_pais, "PAIS"),
      "EMAIL" = coalesce(p_email, "EMAIL") WHERE "COD" = p_cod;
  CALL "SP_SAIDA"(p_ref, 'FORNECEDORES', chave);
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_FORNECEDOR_SITUAR"(p_ref text, p_vista text, p_cod integer, p_situacao integer,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record;
BEGIN
  e := "FN_ENTRADA"(p_ref, 'FORNECEDORES', p_cod::text, p_vista); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  UPDATE "FORNECEDORES" SET "SITUACAO" = p_situacao WHERE "COD" = p_cod;
  CALL "SP_SAIDA"(p_ref, 'FORNECEDORES', chave);
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_FORNECEDOR_BANCO"(p_ref text, p_vista text, p_cod integer, p_banco text,
  p_agencia text, p_conta text, p_iban text,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record;
BEGIN
  e := "FN_ENTRADA"(p_ref, 'FORNECEDORES', p_cod::text, p_vista); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  UPDATE "FORNECEDORES" SET "BANCO" = coalesce(p_banco, "BANCO"), "AGENCIA" = coalesce(p_agencia, "AGENCIA"),
      "CONTA" = coalesce(p_conta, "CONTA"), "IBAN" = coalesce(p_iban, "IBAN") WHERE "COD" = p_cod;
  CALL "SP_SAIDA"(p_ref, 'FORNECEDORES', chave);
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_PEDIDO_INCLUIR"(p_ref text, p_vista text, p_cod_forn text, p_emissao text,
  p_moeda text, p_comprador text, p_itens text,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record; c text[]; linha text;
BEGIN
  LOCK TABLE "PEDIDOS" IN SHARE ROW EXCLUSIVE MODE;
  e := "FN_ENTRADA"(p_ref, 'PEDIDOS', NULL, NULL); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  IF NOT EXISTS (SELECT 1 FROM "FORNECEDORES" WHERE "COD" = p_cod_forn::integer AND "SITUACAO" IN (1, 3)) THEN
    cod_ret := 20; msg := 'FORNECEDOR BLOQUEADO PARA COMPRAS'; RETURN;
  END IF;
  SELECT max(n::integer) + 1 INTO chave
    FROM (SELECT "NUMERO" n FROM "PEDIDOS" UNION ALL SELECT "NUMERO" FROM "PEDIDOS_ITENS") numeros
    WHERE n ~ '^[0-9]+$';
  INSERT INTO "PEDIDOS" ("NUMERO", "COD_FORN", "DT_EMISSAO", "MOEDA", "STATUS", "REF", "DT_INI", "DT_FIM", "EXCLUIDO")
    VALUES (chave, p_cod_forn, p_emissao, p_moeda, 1, p_comprador, '', '', 0);
  FOREACH linha IN ARRAY string_to_array(p_itens, E'\n') LOOP
    c := string_to_array(linha, ';');
    INSERT INTO "PEDIDOS_ITENS" ("NUMERO", "SEQ", "PRODUTO", "DESCRICAO", "UNID", "QTD", "QTD_REC", "QTD_FAT", "PRECO",
        "FATOR", "TOTAL", "DT_ENTREGA", "SIT")
      VALUES (chave, c[1]::integer, c[2],
        coalesce((SELECT min("DESCRICAO") FROM "PEDIDOS_ITENS" WHERE "PRODUTO" = c[2]), c[2]), c[3], c[4], '0', '0',
        c[5], c[6]::integer, "FN_TOTAL"(c[4], c[5], c[6]::integer, p_moeda), c[7], 0);
  END LOOP;
  CALL "SP_SAIDA"(p_ref, 'PEDIDOS', chave);
END $f$
$$
CREATE OR REPLACE PROCEDURE "SP_PEDIDO_ITEM_ALTERAR"(p_ref text, p_vista text, p_numero text, p_seq integer,
  p_qtd text, p_preco text, p_fator integer, p_entrega text,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record;
BEGIN
  e := "FN_ENTRADA"(p_ref, 'PEDIDOS', p_numero, p_vista); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  IF EXISTS (SELECT 1 FROM "PEDIDOS" WHERE "NUMERO" = p_numero AND "STATUS" NOT IN (0, 1, 2, 3)) THEN
    cod_ret := 20; msg := 'PEDIDO ENCERRADO'; chave := NULL; RETURN;
  END IF;
  UPDATE "PEDIDOS_ITENS" SET "QTD" = coalesce(p_qtd, "QTD"), "PRECO" = coalesce(p_preco, "PRECO"),
      "FATOR" = coalesce(p_fator, "FATOR"), "DT_ENTREGA" = coalesce(p_entrega, "DT_ENTREGA"),
      "TOTAL" = "FN_TOTAL"(coalesce(p_qtd, "QTD"), coalesce(p_preco, "PRECO"), coalesce(p_fator, "FATOR"),
        (SELECT "MOEDA" FROM "PEDIDOS" p WHERE p."NUMERO" = p_numero))
    WHERE "NUMERO" = p_numero AND "SEQ" = p_seq;
  CALL "SP_SAIDA"(p_ref, 'PEDIDOS', chave);
END $f$
$$
-- Closed (5) or cancelled (8), the lines go with the order: those that expect goods, or all of them
CREATE OR REPLACE PROCEDURE "SP_PEDIDO_SITUAR"(p_ref text, p_vista text, p_numero text, p_status integer,
  INOUT cod_ret integer, INOUT msg text, INOUT chave text) LANGUAGE plpgsql AS $f$
DECLARE e record; atual integer;
BEGIN
  e := "FN_ENTRADA"(p_ref, 'PEDIDOS', p_numero, p_vista); cod_ret := e.ret; msg := e.msg; chave := e.chave;
  IF NOT e.segue THEN RETURN; END IF;
  SELECT "STATUS" INTO atual FROM "PEDIDOS" WHERE "NUMERO" = p_numero;
  IF atual IN (5, 8, 9) OR (p_status = 8 AND atual IN (3, 4)) THEN
    cod_ret := 20; msg := 'SITUACAO NAO PERMITE'; chave := NULL; RETURN;
  END IF;
  UPDATE "PEDIDOS" SET "STATUS" = p_status WHERE "NUMERO" = p_numero;
  UPDATE "PEDIDOS_ITENS" SET "SIT" = CASE p_status WHEN 5 THEN 3 ELSE 9 END
    WHERE "NUMERO" = p_numero AND (p_status = 8 OR (p_status = 5 AND "SIT" IN (0, 1)));
  CALL "SP_SAIDA"(p_ref, 'PEDIDOS', chave);
END $f$
